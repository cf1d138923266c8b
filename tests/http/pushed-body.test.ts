import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type Push, pushedBody } from '@/lib/http/pushed-body'

const forever = new AbortController().signal
const kilobyte = 'x'.repeat(1024)

test('whoever writes waits for a reader that is slow, and loses nothing', async () => {
  let sent = 0
  const write = async (push: Push) => {
    for (; sent < 100; sent += 1) await push(kilobyte)
  }
  const body = pushedBody(forever, write, { bytes: 4096, patienceMs: 5000 })
  await sleep(20)
  expect(sent).toBeLessThan(6)
  let read = 0
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) read += chunk.length
  expect(read).toBe(100 * 1024)
})

test('a reader that takes nothing is given up, and what writes ends', async () => {
  let isOver = false
  const write = async (push: Push, signal: AbortSignal) => {
    while (!signal.aborted) await push(kilobyte)
    isOver = true
  }
  const body = pushedBody(forever, write, { bytes: 4096, patienceMs: 30 })
  await expect.poll(() => isOver).toBe(true)
  await expect(body.getReader().read()).rejects.toThrow('does not read')
})

test('what is pushed without waiting is bounded as well', async () => {
  let pushed = 0
  const write = async (push: Push, signal: AbortSignal) => {
    for (; !signal.aborted && pushed < 1000; pushed += 1) void push(kilobyte)
  }
  const body = pushedBody(forever, write, { bytes: 4096, patienceMs: 60_000 })
  await expect(body.getReader().read()).rejects.toThrow('does not read')
  expect(pushed).toBeLessThan(10)
})

test('the signal ends it, also while it waits for a reader', async () => {
  const ending = new AbortController()
  let isOver = false
  const write = async (push: Push, signal: AbortSignal) => {
    while (!signal.aborted) await push(kilobyte)
    isOver = true
  }
  const body = pushedBody(ending.signal, write, { bytes: 2048, patienceMs: 60_000 })
  await sleep(10)
  ending.abort()
  await expect.poll(() => isOver).toBe(true)
  const reader = body.getReader()
  let chunk = await reader.read()
  while (!chunk.done) chunk = await reader.read()
  expect(chunk.done).toBe(true)
})

test('what comes after the end is dropped', async () => {
  let late: Push = async () => {}
  const body = pushedBody(forever, async (push) => {
    late = push
    await push('one')
  })
  expect(await new Response(body).text()).toBe('one')
  await late('two')
})
