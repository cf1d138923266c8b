import { decodeJwt } from 'jose'
import { expect, test, vi } from 'vitest'
import { atOnce } from '../../support/database/at-once'
import { changeStored, storedRows } from '../../support/database/oauth-database'
import { callInSession, openSession, type Session } from '../../support/mcp/mcp-session'
import { connect } from '../../support/oauth/oauth-tokens'
import { startPortico } from '../../support/server/portico'

vi.setConfig({ testTimeout: 240_000 })

/** MCP 2025-11-25, "Session Management": a member with one token who would fill the database. */

const kept = 1000
/** How many are opened on an instance until it looks again. */
const lookEvery = 250

test('of the sessions of a connection the last used are kept, and no others', async () => {
  const first = await startPortico()
  const { access_token: token } = (await connect(first.origin)).tokens
  const other = await openSession(
    `${first.origin}/mcp`,
    (await connect(first.origin)).tokens.access_token,
  )
  const old = await openSession(`${first.origin}/mcp`, token)
  const hoarded = `insert into "McpSession"
      (id, "idHash", "grantId", "protocolVersion", initialize, "toolListHash", "startedAt", "lastSeenAt")
    select 'ses_hoarded' || n, 'hash' || n, '${decodeJwt(token).grant_id}', '2025-11-25', '{}', '',
      now() - interval '2 hours', now() - interval '1 hour' from generate_series(1, ${2 * kept}) n`
  const aged = `update "McpSession" set "lastSeenAt" = now() - interval '2 hours'`
  const portico = await changeStored(first, [aged, hoarded])
  const mcpUrl = `${portico.origin}/mcp`
  const opened: Session[] = []
  while (opened.length < lookEvery) {
    opened.push(...(await atOnce(10, () => openSession(mcpUrl, token))))
  }
  const status = async (session: Session) => (await callInSession(mcpUrl, session, 'whoami')).status
  await expect.poll(() => status(old)).toBe(404)
  expect(await status(opened[0] as Session)).toBe(200)
  expect(await status(other)).toBe(200)
  await portico.stop()
  const rows = ((await storedRows(portico)).get('McpSession') ?? '').split('\n')
  // that of the other connection is one of them
  expect(rows.length).toBeLessThanOrEqual(kept + 1)
  expect(rows.length).toBeGreaterThan(kept - lookEvery)
})
