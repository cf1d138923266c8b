import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { changeStored, storedRows } from '../support/database/oauth-database'
import { postMcp, toolCall } from '../support/mcp/mcp-message'
import {
  type Connection,
  connect,
  refresh,
  type Tokens,
  tokensOf,
} from '../support/oauth/oauth-tokens'
import { startPortico } from '../support/server/portico'
import type { Portico } from '../support/server/portico-process'
import { verifies } from '../support/sources/verifies'

vi.setConfig({ testTimeout: 900_000, hookTimeout: 900_000 })

/**
 * In each round, several machines of one client present the same token at once: 10,000 refreshes
 * where statements can race. The embedded database has one session and takes a part of them.
 */
const grants = 20
const rounds = process.env.TEST_DATABASE_URL ? 100 : 20
const machines = 5
const refreshes = grants * rounds * machines

/** One connection after all its rounds. */
type Raced = {
  readonly connection: Connection
  /** every refresh token it held, the oldest first */
  readonly tokens: readonly string[]
  /** what the machines of the last round hold */
  readonly last: readonly Tokens[]
  /** how many successors its rounds led to; one a round, or they forked */
  readonly successors: number
}

type Row = { readonly grantId: string; readonly clientId: string; readonly [name: string]: unknown }

let portico: Portico
let raced: readonly Raced[]
let refreshRows: readonly Row[]
let grantRows: readonly Row[]

/** What a client does whose connection broke off: it asks again with the token it holds. */
const present = (connection: Connection, token: string) =>
  refresh(portico.origin, connection, token).catch(() => refresh(portico.origin, connection, token))

async function race(connection: Connection): Promise<Raced> {
  const tokens = [connection.tokens.refresh_token]
  let last: Tokens[] = []
  let successors = 0
  for (let round = 0; round < rounds; round += 1) {
    const held = String(tokens.at(-1))
    const answers = await Promise.all(
      Array.from({ length: machines }, () => present(connection, held)),
    )
    last = answers.map(tokensOf)
    const next = new Set(last.map(({ refresh_token: token }) => token))
    successors += next.size
    tokens.push(...next)
  }
  return { connection, tokens, last, successors }
}

const rowsOf = (dump: ReadonlyMap<string, string>, table: string): Row[] =>
  (dump.get(table) ?? '').split('\n').map((line) => JSON.parse(line))

const call = async (token: string) =>
  (await postMcp(`${portico.origin}/mcp`, token, toolCall('whoami'))).status

beforeAll(async () => {
  portico = await startPortico({ isOptimised: true })
  const connections: Connection[] = []
  for (let index = 0; index < grants; index += 1) {
    connections.push(await connect(portico.origin))
  }
  const since = Date.now()
  raced = await Promise.all(connections.map(race))
  const seconds = (Date.now() - since) / 1000
  const count = grants * rounds * machines
  console.log(`${count} refreshes in ${seconds.toFixed(0)} s`)
})

test(verifies(['A39'], `${refreshes} racing refreshes: no disconnect and no fork`), async () => {
  expect(raced.map(({ successors }) => successors)).toEqual(Array(grants).fill(rounds))
  const access = raced.flatMap(({ last }) => last.map(({ access_token: token }) => token))
  expect(new Set(access).size).toBe(grants * machines)
  for (const token of access) expect(await call(token)).toBe(200)
})

test(verifies(['A39'], 'one live refresh token per grant, and no grant revoked'), async () => {
  await portico.stop()
  const dump = await storedRows(portico)
  refreshRows = rowsOf(dump, 'RefreshToken')
  grantRows = rowsOf(dump, 'Grant')
  expect(grantRows.map(({ status }) => status)).toEqual(Array(grants).fill('active'))
  expect(refreshRows).toHaveLength(grants * (rounds + 1))
  const live = refreshRows.filter((row) => row.consumedAt === null && row.revokedAt === null)
  expect(new Set(live.map(({ grantId }) => grantId)).size).toBe(grants)
  expect(live).toHaveLength(grants)
})

test(
  verifies(['A39', 'A31'], 'a replay after the grace window ends that grant, and no other'),
  async () => {
    // a minute goes by
    portico = await changeStored(portico, [
      `update "RefreshToken" set "consumedAt" = now() - interval '61 seconds'
        where "consumedAt" is not null`,
    ])
    const [victim, ...others] = raced
    if (!victim) throw new Error('nothing raced')
    const { connection, tokens, last } = victim
    const replay = await refresh(portico.origin, connection, String(tokens.at(-3)))
    expect([replay.status, replay.body.error]).toEqual([400, 'invalid_grant'])
    const current = await refresh(portico.origin, connection, String(tokens.at(-1)))
    expect([current.status, current.body.error]).toEqual([400, 'invalid_grant'])
    for (const { access_token: token } of last) expect(await call(token)).toBe(401)
    for (const other of others) {
      const next = await refresh(portico.origin, other.connection, String(other.tokens.at(-1)))
      expect(await call(tokensOf(next).access_token)).toBe(200)
    }
  },
)

afterAll(() => portico.stop())
