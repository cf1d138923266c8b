import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test, vi } from 'vitest'
import { type Flow, observeBody } from '@/lib/http/observe-body'

afterEach(() => vi.useRealTimers())

/** A body that always has more, and tells when nobody wants it. */
function endless() {
  let isCancelled = false
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode('more')),
    cancel: () => {
      isCancelled = true
    },
  })
  return { body, isCancelled: () => isCancelled }
}

test('tells since when something waits to be taken', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const flow: Flow = { waitingSince: null }
  const since = Date.now()
  const { body } = observeBody(new Response(endless().body), null, () => {}, flow)
  await sleep(5)
  expect(flow.waitingSince).toBe(since)
  vi.setSystemTime(since + 1000)
  await body?.getReader().read()
  await sleep(5)
  expect(flow.waitingSince).toBe(since + 1000)
})

test('a body that nobody reads is broken off, and its source with it', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const flow: Flow = { waitingSince: null }
  const stop = new AbortController()
  const source = endless()
  const ended = vi.fn()
  const { body } = observeBody(new Response(source.body), stop.signal, ended, flow)
  await sleep(5)
  expect(flow.waitingSince).not.toBeNull()
  vi.setSystemTime(Date.now() + 60_000)
  stop.abort()
  expect(ended).toHaveBeenCalledTimes(1)
  expect(source.isCancelled()).toBe(true)
  await expect(body?.getReader().read()).rejects.toThrow('does not read')
})

test('one that is being read ends when it is stopped', async () => {
  const stop = new AbortController()
  const ended = vi.fn()
  const { body } = observeBody(new Response(endless().body), stop.signal, ended)
  const reader = body?.getReader()
  await reader?.read()
  stop.abort()
  let chunk = await reader?.read()
  while (chunk && !chunk.done) chunk = await reader?.read()
  expect(ended).toHaveBeenCalledTimes(1)
})
