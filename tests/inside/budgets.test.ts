import { afterAll, describe, expect, test } from 'vitest'
import { useOwnDatabase as ownDatabase } from '../support/database/own-database'
import { verifies } from '../support/sources/verifies'

/** Budgets count against what whoever asks cannot choose. */

const { database, closeDatabase } = await ownDatabase()
const { pool } = await database()
const { openExchange } = await import('@/lib/recorder/exchange')
const { ThrottledError } = await import('@/lib/http/throttle')
const throttles = await import('@/lib/endpoints/throttles')
afterAll(closeDatabase)

const from = (address: string, clientId?: string) => {
  const headers = new Headers({ 'x-forwarded-for': address })
  const exchange = openExchange({ method: 'POST', path: '/', headers }, 0)
  exchange.ids.clientId = clientId
  return exchange
}

/** How many pass until one is refused. */
async function untilRefused(count: (n: number) => Promise<void>, most: number): Promise<number> {
  for (let n = 0; n < most; n += 1) {
    try {
      await count(n)
    } catch (error) {
      if (!(error instanceof ThrottledError)) throw error
      return n
    }
  }
  return most
}

const claudeUri = ['https://claude.ai/api/mcp/auth_callback']
const registers = (address: string, uri: string) =>
  throttles.countRegistration(from(address), [uri])

describe('registrations', () => {
  test(
    verifies(['A52'], 'where all have one address, another redirect host is no other budget'),
    async () => {
      const passed = await untilRefused(
        (n) => registers('10.0.0.7', `https://h${n}.example/`),
        9000,
      )
      expect(passed).toBe(3000)
      // whatever address of the kind they come from
      await expect(registers('127.0.0.1', 'https://other.example/')).rejects.toThrow(ThrottledError)
    },
  )

  test('strangers do not use up what is for known software, or for Claude’s network', async () => {
    await throttles.countRegistration(from('10.0.0.7'), claudeUri)
    await throttles.countRegistration(from('160.79.106.35'), ['https://any.example/'])
    const ports = await untilRefused(
      (n) => registers('10.0.0.7', `http://localhost:${1024 + n}/callback`),
      9000,
    )
    expect(ports).toBe(400)
    await throttles.countRegistration(from('10.0.0.7'), claudeUri)
  })

  test('from IPv6, all of a /64 count as one', async () => {
    const uri = 'https://x.example/'
    const passed = await untilRefused((n) => registers(`2a00:1450:1:2::${n + 1}`, uri), 100)
    expect(passed).toBe(60)
    await registers('2a00:1450:1:3::1', uri)
  })
})

const stored = (id: string, uri: string, used: string) => `
  insert into "Client" (id, kind, name, "redirectUris", "authMethod", "grantTypes", metadata, "lastUsedAt")
  values ('${id}', 'dynamic', 'x', '{${uri}}', 'none', '{}', '{}', ${used})`

describe('authorization requests and failures', () => {
  test('another client id is no other budget; who is known here has one', async () => {
    await pool.query(stored('used', 'https://x.example/', 'now()'))
    await pool.query(stored('claude', String(claudeUri[0]), 'null'))
    await pool.query(stored('stranger', 'https://y.example/', 'null'))
    const asks = (id: string) => throttles.countAuthorization(from('10.0.0.7', id), undefined)
    expect(await untilRefused((n) => asks(`id ${n}`), 20_000)).toBe(12_000)
    await expect(asks('stranger')).rejects.toThrow(ThrottledError)
    await asks('used')
    await asks('claude')
    await throttles.countAuthorization(from('10.0.0.7', 'stranger'), 'user_1')

    const fails = (id: string) => throttles.countFailure(from('10.0.0.7', id))
    expect(await untilRefused((n) => fails(`id ${n}`), 20_000)).toBe(12_000)
    await fails('used')
    // and nobody is refused there before their credentials were looked at
    await throttles.refuseManyFailures(from('10.0.0.7', 'stranger'))
  })

  test('requests that wait for a person are as many as there is room for', async () => {
    const asks = (uri: string, address = '10.0.0.7') =>
      throttles.countInteraction(from(address), { redirectUris: [uri] })
    expect(await untilRefused((n) => asks(`https://h${n}.example/`), 9000)).toBe(3000)
    await asks(String(claudeUri[0]))
    await asks('https://x.example/', '203.0.113.7')
  })
})

test('no budget counts more keys than it keeps', async () => {
  const { countAgainst, mostKeys } = await import('@/lib/http/throttle')
  const rate = { points: 1, seconds: 60 }
  for (let n = 0; n < mostKeys + 50; n += 1)
    await countAgainst('too-many-invitations', `key ${n}`, rate)
  // the first that is kept, and the last that had to go
  await expect(countAgainst('too-many-invitations', 'key 50', rate)).rejects.toThrow(ThrottledError)
  await expect(countAgainst('too-many-invitations', 'key 49', rate)).resolves.toBeUndefined()
})
