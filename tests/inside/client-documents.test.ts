import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { FetchProblem } from '@/lib/http/safe-fetch'
import { useOwnDatabase as ownDatabase } from '../support/database/own-database'

/** What a client's document made happen is told of when it has happened. */

vi.mock('@/lib/endpoints/outgoing', () => ({
  fetchFor: () => Promise.reject(new FetchProblem({ kind: 'slow' })),
  BusyProblem: class extends FetchProblem {},
}))

const { database, closeDatabase } = await ownDatabase()
const { pool } = await database()
const { documentClient } = await import('@/lib/endpoints/client-documents')
const { openExchange } = await import('@/lib/recorder/exchange')
const { flushEvents } = await import('@/lib/recorder/queue')

afterAll(async () => {
  // whoever reads the log is woken a moment later
  await sleep(500)
  await closeDatabase()
})
afterEach(async () => {
  vi.restoreAllMocks()
  await pool.query('drop trigger if exists refuse on "Client"')
})

/** Portico brings along a copy of the document of this client. */
const url = 'https://claude.ai/oauth/mcp-oauth-client-metadata'

/** Looks at the document. @returns what became of it, the events that are printed, and those in the log */
async function look() {
  const lines: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(...String(text).trimEnd().split('\n'))
    return true
  })
  const arrival = { method: 'GET', path: '/authorize', headers: new Headers() }
  const exchange = Object.assign(openExchange(arrival, 0), { signedIn: null })
  const [client] = await Promise.allSettled([documentClient(url, null, exchange)])
  await flushEvents()
  const stored = await pool.query('select name from "Event" where "requestId" = $1 order by id', [
    exchange.requestId,
  ])
  return {
    status: client.status,
    printed: lines.map((line) => line.split(/\s+/)[1]).sort(),
    stored: stored.rows.map(({ name }) => name).sort(),
    recorded: exchange.recorded,
  }
}

test('a document that could not be stored is not told of', async () => {
  await pool.query(`
    create function refuse() returns trigger language plpgsql as $$
      begin raise exception 'no room'; end $$;
    create trigger refuse before insert on "Client" for each row execute function refuse()`)
  expect(await look()).toEqual({
    status: 'rejected',
    printed: ['document.refused'],
    stored: ['document.refused'],
    recorded: 1,
  })
})

test('one that was stored is', async () => {
  expect(await look()).toEqual({
    status: 'fulfilled',
    printed: ['document.fetched', 'document.refused'],
    stored: ['document.fetched', 'document.refused'],
    recorded: 2,
  })
})
