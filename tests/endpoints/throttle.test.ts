import { randomInt } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { guess, guesses } from '../support/oauth/guesses'
import {
  type Answer,
  authorizationUrl,
  encoded,
  newPkce,
  read,
  register,
} from '../support/oauth/oauth'
import { connect, credentialsOf } from '../support/oauth/oauth-tokens'
import { newBrowser, type Operator, signIn } from '../support/people/operator'
import { sharedOrigin } from '../support/server/portico'
import { admin } from '../support/server/portico-process'
import { verifies } from '../support/sources/verifies'

const origin = sharedOrigin()

/** One address on the internet, of a documentation network, which is nobody else's in this run. */
const firstAddress = randomInt(1, 200)
let given = 0
const someAddress = () => `192.0.2.${firstAddress + given++}`
/** Hosted Claude's network: one address there stands for many people. */
const claude = () => `160.79.${randomInt(104, 112)}.${randomInt(1, 255)}`

type Ask = (address: string) => Promise<Answer>

const from = (address: string) => ({ 'x-forwarded-for': address })
const send = async (url: string | URL, init: RequestInit): Promise<Answer> =>
  read(await fetch(url, { ...init, redirect: 'manual' }))

const client = await register(origin, { client_name: 'Throttled client' })
const { challenge } = newPkce()

const registers: Ask = (address) =>
  send(`${origin}/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...from(address) },
    // the same each time, so that it is one client all along
    body: JSON.stringify({
      client_name: `Registers often, from ${address}`,
      redirect_uris: [`https://${address}.example/callback`],
    }),
  })
const authorizes: Ask = (address) =>
  send(authorizationUrl(origin, client, challenge), { headers: from(address) })
const fails: Ask = (address) =>
  send(`${origin}/token`, {
    method: 'POST',
    headers: from(address),
    body: encoded({
      grant_type: 'refresh_token',
      refresh_token: 'prt_guess',
      client_id: client.client_id,
    }),
  })

/** Asks so often, a few at a time. @returns the statuses that came, each once */
async function ask(often: number, what: Ask, address: string): Promise<number[]> {
  const statuses = new Set<number>()
  for (let asked = 0; asked < often; asked += 20) {
    const few = Array.from({ length: Math.min(20, often - asked) }, () => what(address))
    for (const { status } of await Promise.all(few)) statuses.add(status)
  }
  return [...statuses]
}

const cases: [string, Ask, number, number][] = [
  ['registrations', registers, 60, 201],
  ['authorizations', authorizes, 120, 303],
  ['failed token requests', fails, 60, 400],
]

describe.each(cases)('%s', (name, what, budget, usual) => {
  test(
    verifies(['A36', 'A52'], `from one address: after ${budget} in a minute, 429 with Retry-After`),
    async () => {
      const address = someAddress()
      expect(await ask(budget, what, address)).toEqual([usual])
      const { status, headers, body } = await what(address)
      expect([status, body.error]).toEqual([429, 'temporarily_unavailable'])
      expect(body.error_description).toContain(`too many ${name}`)
      const seconds = Number(headers.get('retry-after'))
      expect(seconds).toBeGreaterThanOrEqual(1)
      expect(seconds).toBeLessThanOrEqual(60)
      expect(headers.get('cache-control')).toBe('no-store')
      // whoever else comes is not made to wait for it
      expect((await what(`${address.replace('192.0.2', '203.0.113')}`)).status).toBe(usual)
    },
  )

  test('from one of hosted Claude’s addresses, as many and more are answered', async () => {
    expect(await ask(budget + 20, what, claude())).toEqual([usual])
  })
})

test(verifies(['A36'], 'guesses at the secret of a client are failed requests too'), async () => {
  const confidential = await register(origin, { token_endpoint_auth_method: 'client_secret_post' })
  const guessSecret: Ask = (address) =>
    send(`${origin}/token`, {
      method: 'POST',
      headers: from(address),
      body: encoded({
        grant_type: 'refresh_token',
        refresh_token: 'prt_guess',
        client_id: confidential.client_id,
        client_secret: 'psec_guess',
      }),
    })
  const address = someAddress()
  expect(await ask(60, guessSecret, address)).toEqual([401])
  expect((await guessSecret(address)).status).toBe(429)
})

test(
  verifies(['A36'], 'a valid refresh is not refused since others fail in the client’s name'),
  async () => {
    const connection = await connect(origin)
    const present = (address: string, token: string) =>
      send(`${origin}/token`, {
        method: 'POST',
        headers: from(address),
        body: encoded({
          grant_type: 'refresh_token',
          refresh_token: token,
          ...credentialsOf(connection),
        }),
      })
    const guesser = someAddress()
    await ask(80, (address) => present(address, 'prt_guess'), guesser)
    const { refresh_token: token } = connection.tokens
    expect((await present(guesser, token)).status).toBe(429)
    expect((await present(claude(), token)).status).toBe(200)
    expect((await present(`203.0.113.${randomInt(1, 255)}`, token)).status).toBe(200)
  },
)

describe('guesses at sign-in', () => {
  const invented = (at: number) => `nobody-${at}@${randomInt(2 ** 40)}.test`

  test(verifies(['P1'], 'at one public address wait after fifty that are wrong'), async () => {
    const address = someAddress()
    const known = await signIn(origin, admin, newBrowser(origin, address))
    expect(new Set(await guesses(origin, 45, invented, address))).toEqual(
      new Set(['CredentialsSignin']),
    )
    // what is right is no guess, and takes nothing from whoever shares the address
    for (let people = 0; people < 5; people += 1) {
      await signIn(origin, admin, newBrowser(origin, address))
    }
    const told = await guesses(origin, 6, invented, address)
    expect(told).toEqual([...Array(5).fill('CredentialsSignin'), 'throttled'])
    const guessIn = (browser: Operator) => guess(browser, admin.email, admin.password)
    expect(await guessIn(newBrowser(origin, address))).toBe('throttled')
    // neither a browser that is known there waits, nor anybody elsewhere
    expect(await guessIn(known)).toBe('in')
    expect(await guessIn(newBrowser(origin, `203.0.113.${randomInt(1, 255)}`))).toBe('in')
  })

  test('of an IPv6 network, count for its /64 as a whole', async () => {
    const network = `2001:db8:${randomInt(2 ** 16).toString(16)}:${randomInt(2 ** 16).toString(16)}`
    for (const host of ['1', '2:3']) await guesses(origin, 25, invented, `${network}::${host}`)
    expect(await guesses(origin, 1, invented, `${network}:a:b:c:d`)).toEqual(['throttled'])
    const next = network.replace(/^2001:db8/, '2001:db9')
    expect(await guesses(origin, 1, invented, `${next}::1`)).toEqual(['CredentialsSignin'])
  })
})
