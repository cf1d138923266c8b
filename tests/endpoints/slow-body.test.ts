import { once } from 'node:events'
import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { operatorOf } from '../support/people/operator'
import { untilLogged } from '../support/people/operator-log'
import { startPortico } from '../support/server/portico'
import type { Portico } from '../support/server/portico-process'

/** Half of it, so that a timer that is early does no harm. */
const heldMs = 600

let portico: Portico

beforeAll(async () => {
  portico = await startPortico()
})

/** Sends a body long after its head, as a slow line does, or a proxy that holds it. */
async function sendSlowly(path: string, type: string, body: string): Promise<void> {
  const headers = { 'content-type': type, 'content-length': Buffer.byteLength(body) }
  const sent = request(`${portico.origin}${path}`, { method: 'POST', headers })
  const answered = once(sent, 'response')
  sent.flushHeaders()
  await sleep(heldMs)
  sent.end(body)
  const [response] = await answered
  response.resume()
}

const form = 'application/x-www-form-urlencoded'
const metadata = { client_name: 'Slow', redirect_uris: ['http://127.0.0.1/callback'] }

test.each([
  ['/register', 'client.registered', 'application/json', JSON.stringify(metadata)],
  ['/token', 'token.refused', form, 'grant_type=refresh_token&refresh_token=r&client_id=c'],
  ['/consent/int_x/decision', 'exchange.answered', form, 'decision=allow'],
])('the time that a body of %s takes is part of what the request took', async (...given) => {
  const [path, event, type, body] = given
  await sendSlowly(path, type, body)
  const operator = await operatorOf(portico.origin)
  const rows = await untilLogged(operator, { event }, (all) => all.some((row) => row.path === path))
  const row = rows.find((one) => one.path === path)
  expect(row?.durationMs).toBeGreaterThan(heldMs / 2)
})
