import { mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { databaseFor } from '../support/database/portico-database'
import { type PostgresTap, tapPostgres } from '../support/database/postgres-tap'
import { postMcp, statelessHeaders, statelessRpc, toolCall } from '../support/mcp/mcp-message'
import { callInSession, openSession } from '../support/mcp/mcp-session'
import { connect } from '../support/oauth/oauth-tokens'
import { startPortico } from '../support/server/portico'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const calls = 40
let tap: PostgresTap | undefined
afterAll(() => tap?.close())

async function start() {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'portico-test-'))
  tap = await tapPostgres(String(await databaseFor(dataDir)))
  const { origin } = await startPortico({ dataDir, env: { DATABASE_URL: tap.url } })
  const mcpUrl = `${origin}/mcp`
  const token = (await connect(origin)).tokens.access_token
  return { tap, mcpUrl, token }
}

/** Statements that only write, or wake whoever waits. */
const isWrite = (sql: string) =>
  /^\s*(with [\s\S]*)?(insert into|update|delete from|begin|commit)/i.test(sql) ||
  /^\s*(with [\s\S]*insert[\s\S]*)?select pg_notify/i.test(sql)

/** Whoever joins events to handshakes reads the log after them, at a pace of its own, from a place kept among the settings. */
const isJoining = (sql: string) => {
  const tables = [...sql.matchAll(/(?:from|join|update|into)\s+(?:"public"\.)?"(\w+)"/gi)]
  const names = tables.map(([, name]) => name ?? '')
  return (
    names.length > 0 && names.every((name) => /^(Event|Setting|Handshake\w*|Alert\w*)$/.test(name))
  )
}
/** At a pace of their own, too: how large the log is, and whether the database takes what is written. */
const isOnTime = (sql: string) =>
  /pg_(total_relation|indexes)_size|transaction_read_only|pg_column_size/.test(sql)

const isHousekeeping = (sql: string) =>
  isJoining(sql) ||
  isOnTime(sql) ||
  /^\s*(select pg_(try_)?advisory|savepoint|release|rollback)/i.test(sql)

/** Statements that read something to decide about a request. */
const reads = (statements: readonly string[]) =>
  statements.filter((sql) => !isWrite(sql) && !isHousekeeping(sql))

// the wire of the embedded database cannot be listened to
describe.skipIf(!process.env.TEST_DATABASE_URL)('a tool call', () => {
  test('does no database read, and its writes are batched', async () => {
    const { tap: wire, mcpUrl, token } = await start()
    const session = await openSession(mcpUrl, token)
    const call = statelessRpc('tools/call', { name: 'server_status', arguments: {} })
    const headers = statelessHeaders('tools/call', 'server_status')
    const ways: (() => Promise<{ status: number }>)[] = [
      () => postMcp(mcpUrl, token, toolCall('server_status')),
      () => postMcp(mcpUrl, token, call, headers),
      () => callInSession(mcpUrl, session, 'server_status'),
    ]
    for (const send of ways) {
      expect((await send()).status).toBe(200)
      // what the first call left behind is written, and nothing of it is counted
      await sleep(1500)
      wire.taken()
      const statuses = await Promise.all(Array.from({ length: calls }, () => send()))
      expect(statuses.map(({ status }) => status)).toEqual(Array(calls).fill(200))
      await sleep(1500)
      const statements = wire.taken()
      expect(reads(statements)).toEqual([])
      const writes = statements.filter((sql) => !isHousekeeping(sql))
      expect(writes.length).toBeGreaterThan(0)
      expect(writes.length).toBeLessThan(calls)
    }
  })
})
