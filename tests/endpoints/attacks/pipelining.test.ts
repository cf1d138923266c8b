import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { peakGrowth } from '../../support/load/peak-memory'
import { rawRequest, sendRaw } from '../../support/oauth/oauth-raw'
import { startPortico } from '../../support/server/portico'

/** RFC 9112 §9.3.2 lets a client send requests ahead: what that may cost. */

const { origin, pid } = await startPortico()

const ahead = (path: string, count: number): Buffer =>
  Buffer.concat(
    Array.from({ length: count }, () =>
      Buffer.from(`GET ${path} HTTP/1.1\r\nhost: localhost\r\naccept: text/html\r\n\r\n`),
    ),
  )

/** Sends them all at once. @returns what came back until the other side ended, or nothing more came */
function send(bytes: Buffer, idleMs = 10_000): Promise<string> {
  const { hostname, port } = new URL(origin)
  const socket = connect(Number(port), hostname)
  let text = ''
  socket.setEncoding('latin1').on('data', (chunk) => {
    text += chunk
  })
  socket.on('error', () => {}).setTimeout(idleMs, () => socket.destroy())
  socket.write(bytes)
  return new Promise((resolve) => socket.once('close', () => resolve(text)))
}

test('requests that are sent ahead are answered, one after another', async () => {
  const few = Buffer.concat([ahead('/healthz', 9), rawRequest('GET /readyz')])
  const answers = (await send(few)).split('HTTP/1.1 200').length - 1
  expect(answers).toBe(10)
})

test('of hundreds on a connection no page is made, and nobody else waits for them', async () => {
  await send(ahead('/sign-in', 1), 2000)
  let slowest = 0
  let isOver = false
  const asking = (async () => {
    while (!isOver) {
      const since = Date.now()
      expect((await sendRaw(origin, rawRequest('GET /healthz'), 20_000)).status).toBe(200)
      slowest = Math.max(slowest, Date.now() - since)
      await sleep(100)
    }
  })()
  const growth = await peakGrowth(pid, async () => {
    const connections = Array.from({ length: 4 }, () => send(ahead('/sign-in', 700)))
    for (const text of await Promise.all(connections)) {
      expect(text.split('HTTP/1.1 ').length - 1).toBeLessThan(50)
    }
  })
  isOver = true
  await asking
  // in MiB; the pages themselves were hundreds
  expect(growth).toBeLessThan(96)
  expect(slowest).toBeLessThan(5000)
})
