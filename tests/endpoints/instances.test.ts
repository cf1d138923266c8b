import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { decodeProtectedHeader } from 'jose'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { databaseFor } from '../support/database/portico-database'
import { postMcp, toolCall } from '../support/mcp/mcp-message'
import { connect, refresh, revoke, tokensOf } from '../support/oauth/oauth-tokens'
import { freePort } from '../support/server/free-port.mjs'
import { startPortico } from '../support/server/portico'
import type { Portico } from '../support/server/portico-process'
import { verifies } from '../support/sources/verifies'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

// the embedded database belongs to one process
describe.skipIf(!process.env.TEST_DATABASE_URL)('two instances on one PostgreSQL', () => {
  let one: Portico
  let other: Portico
  let shared: Record<string, string>

  const callOn = async ({ origin }: Portico, token: string) =>
    (await postMcp(`${origin}/mcp`, token, toolCall('whoami'))).status

  /** For how many milliseconds a token is still good on an instance. */
  async function stillGood(instance: Portico, token: string): Promise<number> {
    const since = performance.now()
    while ((await callOn(instance, token)) === 200) {
      if (performance.now() - since > 10_000) return Number.POSITIVE_INFINITY
      await sleep(20)
    }
    return performance.now() - since
  }

  beforeAll(async () => {
    const port = await freePort()
    const PORTICO_SECRET = randomBytes(32).toString('hex')
    // both are one server to the world
    shared = { PORTICO_SECRET, PORTICO_URL: `http://localhost:${port}` }
    one = await startPortico({ port, env: shared })
    shared.DATABASE_URL = String(await databaseFor(one.dataDir))
    other = await startPortico({ env: shared })
  })

  test.each(['access_token', 'refresh_token'] as const)(
    verifies(['A64', 'A66'], 'revoking the %s on one is felt on the other within a second'),
    async (kind) => {
      const connection = await connect(one.origin)
      const { access_token: token } = connection.tokens
      // known to both, so that neither has to ask the database
      for (const instance of [one, other, one, other]) {
        expect(await callOn(instance, token)).toBe(200)
      }
      expect((await revoke(one.origin, connection, connection.tokens[kind])).status).toBe(200)
      expect(await callOn(one, token)).toBe(401)
      expect(await stillGood(other, token)).toBeLessThan(1000)
      const { refresh_token: refreshToken } = connection.tokens
      const { status } = await refresh(other.origin, connection, refreshToken)
      expect(status).toBe(kind === 'refresh_token' ? 400 : 200)
    },
  )

  test(verifies(['A39'], 'the same refresh token on both leads to one successor'), async () => {
    const connection = await connect(one.origin)
    const { refresh_token: token } = connection.tokens
    const origins = [one, other, one, other].map(({ origin }) => origin)
    const answers = await Promise.all(origins.map((at) => refresh(at, connection, token)))
    expect(new Set(answers.map((answer) => tokensOf(answer).refresh_token)).size).toBe(1)
    for (const { access_token: access } of answers.map(tokensOf)) {
      expect([await callOn(one, access), await callOn(other, access)]).toEqual([200, 200])
    }
  })

  test(verifies(['A46'], 'a key that was rotated is used and accepted by both'), async () => {
    const before = await connect(one.origin)
    const env = { ...process.env, ...shared }
    await promisify(execFile)('npm', ['run', '--silent', 'keys', '--', 'rotate'], { env })
    // an instance signs with the new key as soon as it has heard of it
    await sleep(1000)
    const kidOf = (token: string) => decodeProtectedHeader(token).kid
    const old = kidOf(before.tokens.access_token)
    let token = before.tokens.refresh_token
    for (const instance of [one, other]) {
      const next = tokensOf(await refresh(instance.origin, before, token))
      expect(kidOf(next.access_token)).not.toBe(old)
      expect(await callOn(one, next.access_token)).toBe(200)
      expect(await callOn(other, next.access_token)).toBe(200)
      token = next.refresh_token
    }
    expect(await callOn(other, before.tokens.access_token)).toBe(200)
    for (const { origin } of [one, other]) {
      const { keys } = (await (await fetch(`${origin}/.well-known/jwks.json`)).json()) as {
        keys: { kid: string }[]
      }
      expect(keys.map(({ kid }) => kid)).toEqual(expect.arrayContaining([old]))
      expect(keys).toHaveLength(2)
    }
  })
})
