import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { connectAs } from '../support/clients/claude'
import { hostedClaude } from '../support/clients/claude-clients'
import { openEventStream } from '../support/mcp/event-stream'
import type { Operator } from '../support/people/operator'
import { approve } from '../support/people/operator-consent'
import { open } from './served'

/** What was recorded some time ago and became visible only now. */
const lateEvent = (age: string): string => `
  insert into "Event" (at, name, outcome, "requestId", method, path, status, address, network,
    "userAgent", agent, detail)
  values (now() - interval '${age}', 'mcp.challenged', 'refused', gen_random_uuid()::text, 'POST',
    '/mcp', 401, '203.0.113.9', 'public', 'curl/8', 'curl',
    '{"scope":"claudeai","reason":"no credentials"}')`

/** Past the time for which the joiner holds an event back. */
const joinedByMs = 1500

/**
 * Has the server read all that it reads of handshakes: it joins a new attempt, an event that comes
 * late and one that comes too late, and tells who follows the list and a page.
 */
export async function causeReads(operator: Operator, databaseUrl: string): Promise<void> {
  const after = String(Date.now())
  const follow = (query: Record<string, string>) =>
    openEventStream(operator, '/admin/handshakes/stream', { after, ...query })
  const list = await follow({ surface: 'claude-hosted', verdict: 'connected' })
  await connectAs(hostedClaude, `${operator.origin}/mcp`, (url) => approve(operator, url))
  await sleep(joinedByMs)
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  for (const age of ['3 seconds', '90 seconds']) {
    await client.query(lateEvent(age))
    await sleep(joinedByMs)
  }
  await client.end()
  await list.close()
  for (const path of ['/admin/connections', '/admin/handshakes']) {
    await open(operator, { title: path, path })
  }
}
