import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startPostgres } from '../support/database/postgres.mjs'
import { type Load, type LoadAnswer, startLoad } from '../support/load/mixed-load'
import { countCalls, isRefused, printedOf } from '../support/load/outage'
import { postMcp, statelessHeaders, statelessRpc } from '../support/mcp/mcp-message'
import { read } from '../support/oauth/oauth'
import { newBrowser } from '../support/people/operator'
import { startPortico } from '../support/server/portico'
import type { Portico } from '../support/server/portico-process'

/**
 * PostgreSQL goes away under load and comes back. Nothing that was answered is lost, nothing is answered
 * with 500, and the console has one line for each. It needs a PostgreSQL of its own to stop.
 */

type Postgres = Exclude<Awaited<ReturnType<typeof startPostgres>>, { missing: string }>

const isEmbedded = !process.env.TEST_DATABASE_URL
const perSecond = 20
/** Whose tables they are. */
const role = 'portico_away'
/** Two of what a server needs at most to notice, and to find that it is back. */
const awayMs = 6000

let postgres: Postgres
let portico: Portico
let load: Load

const query = async (sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}

/** What was answered while something was done to the database, and what was printed meanwhile. */
async function during(
  act: () => Promise<void>,
): Promise<{ answers: LoadAnswer[]; printed: string }> {
  const printedBefore = portico.output().length
  const since = Date.now()
  await act()
  // not until all is as before
  const isBack = () => portico.output().slice(printedBefore).includes('database: back after ')
  await expect.poll(isBack).toBe(true)
  await sleep(1500)
  const answers = load.answers.filter(({ at }) => at >= since)
  return { answers, printed: portico.output().slice(printedBefore) }
}

/** The answers of a kind that were not as usual. */
const refusalsOf = (answers: readonly LoadAnswer[], kind?: string): LoadAnswer[] =>
  answers.filter((one) => isRefused(one.status) && (!kind || one.kind === kind))

function expectGoodManners({ answers, printed }: Awaited<ReturnType<typeof during>>): void {
  const refused = refusalsOf(answers)
  expect(refused.length).toBeGreaterThan(0)
  expect(refused.filter(({ status, retryAfter }) => status !== 503 || !retryAfter)).toEqual([])
  expect(printedOf(printed)).toEqual({
    ofDatabase: [
      expect.stringMatching(/^database: away \(.+\); events wait/),
      expect.stringMatching(/^database: back after [\d.]+ s; \d+ events that waited were written$/),
    ],
    others: [],
  })
  // the last of them were asked when it was back
  expect(refusalsOf(answers.slice(-perSecond / 2))).toEqual([])
}

describe.skipIf(isEmbedded)('a database that goes away under load', () => {
  beforeAll(async () => {
    // what is written in haste is lost with a server that is ended in haste
    const started = await startPostgres({ isDurable: true })
    if ('missing' in started) throw new Error(started.missing)
    postgres = started
    // a superuser may do anything, whatever is revoked
    await query(`create role ${role} login`)
    await query(`grant all on schema public to ${role}`)
    const url = new URL(postgres.url)
    url.username = role
    portico = await startPortico({ env: { DATABASE_URL: url.href } })
    load = await startLoad(portico.origin, perSecond)
    await sleep(2000)
  })

  afterAll(async () => {
    await load?.stop()
    await portico?.stop()
    await postgres?.stop()
  })

  test('by being stopped', async () => {
    const outage = await during(async () => {
      await postgres.halt()
      await sleep(awayMs)
      await postgres.start()
    })
    expectGoodManners(outage)
    const { answers } = outage
    // what is known in memory goes on being served
    expect(refusalsOf(answers, 'discovery')).toEqual([])
    expect(refusalsOf(answers, 'tool call')).toEqual([])
    for (const { text } of refusalsOf(answers, 'refresh')) {
      expect(JSON.parse(text).error).toBe('temporarily_unavailable')
    }
    for (const kind of ['authorize', '/sign-in', '/admin', '/connections']) {
      for (const { text, contentType } of refusalsOf(answers, kind)) {
        expect(contentType).toMatch(/^text\/html/)
        expect(text).toContain('The database of this server does not answer at present.')
        expect(text).toContain('<meta http-equiv="refresh"')
      }
    }
  })

  test('by being stopped at once, in the middle of what it does', async () => {
    expectGoodManners(
      await during(async () => {
        await postgres.halt('SIGQUIT')
        await sleep(1000)
        await postgres.start()
      }),
    )
  })

  test('by standing still, which no connection tells', async () => {
    expectGoodManners(
      await during(async () => {
        postgres.freeze()
        await sleep(awayMs + 2000)
        postgres.thaw()
      }),
    )
  })

  test('by taking nothing that is written', async () => {
    expectGoodManners(
      await during(async () => {
        await query('alter system set default_transaction_read_only = on')
        await query('select pg_reload_conf()')
        await sleep(awayMs)
        await query('alter system reset default_transaction_read_only')
        await query('select pg_reload_conf()')
      }),
    )
  })

  test.each([
    ['nothing with its tables', 'all on all tables in schema public'],
    ['nothing but read', 'insert, update, delete on all tables in schema public'],
    ['not even find them', 'all on schema public'],
  ])('by letting its role do less: %s', async (_, privilege) => {
    const outage = await during(async () => {
      await query(`revoke ${privilege} from public, ${role}`)
      await sleep(awayMs)
      await query(`grant ${privilege} to ${role}`)
    })
    expectGoodManners(outage)
    expect(outage.printed).toMatch(/^database: away \(permission denied for /m)
  })

  test('by taking its tables away for a while, as a restore does', async () => {
    const outage = await during(async () => {
      // at once: a moment without any schema is another thing
      await query(`alter schema public rename to aside; create schema public authorization ${role}`)
      await sleep(awayMs)
      await query('drop schema public')
      await query('alter schema aside rename to public')
    })
    expectGoodManners(outage)
    expect(outage.printed).toMatch(/^database: away \(table \w+ is not there/m)
  })

  test('by letting its role in no more, which those that are in do not notice', async () => {
    expectGoodManners(
      await during(async () => {
        // connections that nobody uses are given up after 10 s
        await load.rest(12_000)
        await query(`alter role ${role} nologin`)
        await sleep(awayMs)
        await query(`alter role ${role} login`)
      }),
    )
  })

  test('a tool call whose token is not known says so in JSON-RPC', async () => {
    const { access_token: unseen } = load.unusedConnection.tokens
    await during(async () => {
      await postgres.halt()
      await sleep(1000)
      const message = statelessRpc('tools/call', { name: 'whoami', arguments: {} })
      const headers = statelessHeaders('tools/call', 'whoami')
      const answer = await postMcp(`${portico.origin}/mcp`, unseen, message, headers)
      expect(answer.status).toBe(503)
      expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
      expect(answer.rpc.error?.message).toContain('the database does not answer at present')
      const page = await read(
        await newBrowser(portico.origin).open('/sign-in', {
          method: 'POST',
          headers: { 'next-action': 'x', accept: 'text/x-component' },
          body: '[]',
        }),
      )
      expect([page.status, page.text]).toEqual([
        503,
        expect.stringContaining('the database does not answer'),
      ])
      await postgres.start()
    })
  })

  test('after all of it, every call that was answered is in the log once, in its order', async () => {
    await load.stop()
    await expect
      .poll(() => countCalls(postgres.url, load.answers))
      .toEqual({
        answered: expect.any(Number),
        written: load.answers.filter(({ kind, status }) => kind === 'tool call' && status === 200)
          .length,
        twice: 0,
        inOrder: true,
      })
  })
})
