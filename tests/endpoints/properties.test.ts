import fc from 'fast-check'
import { afterAll, expect, test, vi } from 'vitest'
import { type AnyRequest, everything } from '../support/network/any-request'
import { type AnyAnswer, sendAny } from '../support/network/send-any'
import { rawRequest, sendRaw } from '../support/oauth/oauth-raw'
import {
  cookieHeader,
  type Operator,
  sessionCookie,
  signIn,
  someAddress,
} from '../support/people/operator'
import { readLog } from '../support/people/operator-log'
import { startPortico } from '../support/server/portico'
import { verifies } from '../support/sources/verifies'

/**
 * Whatever a stranger or somebody who is signed in sends to any route of the app: no fault, no hang,
 * and no word of the database. `PROPERTY_INPUTS` says how many requests that are on each database, and
 * `PROPERTY_SEED` which: the same ones unless another is given, so that what fails once fails again.
 */

vi.setConfig({ testTimeout: 3_600_000 })

const inputs = Number(process.env.PROPERTY_INPUTS ?? (process.env.CI === 'true' ? 10_000 : 4000))
const targets = everything()
const each = Math.max(2, Math.ceil((inputs * 0.9) / targets.length))
const rawInputs = Math.ceil(inputs * 0.1)
const atOnce = 8
const seed = Number(process.env.PROPERTY_SEED ?? 2_015_136_435)

// what is sent changes settings, ends sessions and rotates keys: a server of its own
const portico = await startPortico({
  env: { PORTICO_PROXY_HOPS: '1', CRON_SECRET: 'x'.repeat(32) },
})
const { origin } = portico
let admin: Operator = await signIn(origin)

/** What no answer may say, since it comes from below. */
const raw =
  /prisma|invocation in|byte sequence|\bSQLSTATE\b|violates \w+ constraint|\bPGlite\b|ECONNREFUSED|node_modules|\.next\/server|^\s+at .+:\d+:\d+/im

/** What is wrong with an answer, or nothing. */
function faultIn({ status, text, isHung }: AnyAnswer): string | null {
  if (isHung) return 'hangs'
  if (status === 0) return 'was not answered'
  if (status >= 500) return `status ${status}`
  const [found] = raw.exec(text) ?? []
  return found ? `says ${found}` : null
}

/** Signs in again where what was sent has ended the session. */
async function adminCookie(): Promise<string> {
  const { status } = await admin.open('/admin')
  if (status !== 200) admin = await signIn(origin)
  expect(sessionCookie(admin)).toBeDefined()
  return cookieHeader(admin)
}

async function faultsOf(requests: readonly AnyRequest[], cookie: string): Promise<string[]> {
  const faults: string[] = []
  for (let at = 0; at < requests.length; at += atOnce) {
    const few = requests.slice(at, at + atOnce)
    const answers = await Promise.all(few.map((one) => sendAny(origin, one, someAddress(), cookie)))
    for (const [index, answer] of answers.entries()) {
      const fault = faultIn(answer)
      if (fault) faults.push(`${fault}: ${JSON.stringify(few[index])}`)
    }
  }
  return faults
}

test.each(targets)(
  verifies(['A30', 'A31', 'A49'], `${each} requests of any kind: %s`),
  async (_name, arbitrary) => {
    const requests = fc.sample(arbitrary, { numRuns: each, seed })
    const half = Math.ceil(requests.length / 2)
    const faults = [
      ...(await faultsOf(requests.slice(0, half), '')),
      ...(await faultsOf(requests.slice(half), await adminCookie())),
    ]
    expect(faults.slice(0, 5), `seed ${seed}`).toEqual([])
  },
)

const bytes = fc.string({
  unit: fc.nat(0xff).map((code) => String.fromCharCode(code)),
  maxLength: 40,
})
const words = (...some: string[]) =>
  fc
    .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...some) }, bytes), { maxLength: 6 })
    .map((parts) => parts.join(''))
const rawRequests = fc.record({
  method: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('GET', 'POST', 'HEAD', 'OPTIONS') },
    fc.constantFrom('TRACE', 'CONNECT', 'PRI', 'PROPFIND', 'QUERY', 'get', ''),
    bytes,
  ),
  target: words(
    '/',
    'sign-in',
    'mcp',
    'token',
    'http://',
    'evil.example',
    '@',
    ':',
    '*',
    '%',
    '%00',
    '?',
    '..',
    '\\',
    '#',
    '\xff',
  ),
  headers: fc.array(
    words(
      'connection: ',
      'upgrade',
      'websocket',
      'transfer-encoding: ',
      'chunked',
      'content-length: ',
      '5',
      'expect: ',
      '100-continue',
      'cookie: ',
      'next-action: ',
      'rsc: 1',
      'host: ',
      ',',
      ';',
      '\xff',
    ),
    { maxLength: 4 },
  ),
  body: words('5\r\nabcde\r\n', '0\r\n\r\n', '{}', '\0'),
})

test(verifies(['A30'], `${rawInputs} requests of any bytes`), async () => {
  const requests = fc.sample(rawRequests, { numRuns: rawInputs, seed })
  const faults: string[] = []
  for (let at = 0; at < requests.length; at += 4 * atOnce) {
    const few = requests.slice(at, at + 4 * atOnce)
    const answers = await Promise.all(
      few.map(({ method, target, headers, body }) => {
        const line = `${method} /${target}`.replace(/^(\S*) \/(http|\*)/, '$1 $2')
        const head = rawRequest(line.replace(/[\r\n]/g, ''), headers)
        return sendRaw(origin, Buffer.concat([head, Buffer.from(body, 'latin1')]))
      }),
    )
    for (const [index, { status, text }] of answers.entries()) {
      // that a connection is ended without a word may be all that its bytes deserve
      const fault = status === 0 ? null : faultIn({ status, text, isHung: false })
      if (fault) faults.push(`${fault}: ${JSON.stringify(few[index])}`)
    }
  }
  expect(faults.slice(0, 5), `seed ${seed}`).toEqual([])
})

afterAll(async () => {
  expect((await fetch(`${origin}/healthz`)).status).toBe(200)
  await adminCookie()
  const failed = await readLog(admin, { outcome: 'failed' })
  const own = failed.filter(({ name }) => name === 'exchange.failed')
  expect(own.map(({ path, detail }) => `${path}: ${detail.message}`)).toEqual([])
  // nor a line for each cookie that is none
  const noise = /unhandledRejection|uncaughtException|JWT_SESSION|INVALID_CALLBACK_URL/
  expect(portico.output()).not.toMatch(noise)
})
