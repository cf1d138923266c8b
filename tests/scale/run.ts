import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { buildIfNeeded } from '@/lib/cli/build.mjs'
import { createDatabase } from '../bench/databases'
import { median } from '../bench/median'
import { startPostgres } from '../support/database/postgres.mjs'
import { signIn } from '../support/people/operator'
import { cleanUp, launch, type Portico } from '../support/server/portico-process'
import { fill } from './fill'
import { type Line, print } from './lines'
import { type Page, pagesOf } from './pages'
import { type Executed, explainEverything, tapPlans } from './plan-tap'
import { planLines } from './plans'
import { amount } from './rows'
import { measure, open, type Served } from './served'
import { causeReads } from './traffic'

/**
 * `npm run scale`: the pages of handshakes and the log with a million events in PostgreSQL. First
 * they are timed, then every statement behind them is explained as it was executed.
 */

/** The bar for the median, in milliseconds from the request to the last byte of the page. */
const barMs = 100

/** One for all starts: the signing key in the database is encrypted under it. */
const PORTICO_SECRET = randomBytes(32).toString('base64url')

const start = (databaseUrl: string): Promise<Portico> =>
  launch({ env: { DATABASE_URL: databaseUrl, PORTICO_SECRET }, isOptimised: true })

/** Runs statements on a database. @returns the rows of the last one */
async function query<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<Row>(sql)
  await client.end()
  return rows
}

function toLine({ title, times, bytes }: Served): Line {
  const middle = median(times)
  const [least, most] = [Math.min(...times), Math.max(...times)]
  const found = `${middle.toFixed(0)} ms (${least.toFixed(0)} to ${most.toFixed(0)}), ${Math.round(bytes / 1024)} KiB`
  return { isGood: middle < barMs, title, found }
}

async function timed(databaseUrl: string, pages: readonly Page[]): Promise<Line[]> {
  const portico = await start(databaseUrl)
  const served = await measure(await signIn(portico.origin), pages)
  await portico.stop()
  return served.map(toLine)
}

async function executedFor(databaseUrl: string, pages: readonly Page[]): Promise<Executed[]> {
  const tap = await tapPlans(databaseUrl)
  const portico = await start(tap.url)
  const operator = await signIn(portico.origin)
  for (const page of pages) await open(operator, page)
  await causeReads(operator, databaseUrl)
  await sleep(1000)
  await portico.stop()
  await tap.close()
  return tap.taken()
}

/** Nothing was joined anew: a release that does so would measure another thing. */
async function amountLine(databaseUrl: string): Promise<Line> {
  const [row] = await query<{ events: number; handshakes: number }>(
    databaseUrl,
    `select (select count(*)::int from "Event") as events,
      (select count(*)::int from "Handshake" where "startedAt" < now() - interval '9 minutes')
        as handshakes`,
  )
  const { events = 0, handshakes = 0 } = row ?? {}
  return {
    isGood: events >= amount.events && handshakes === amount.handshakes,
    title: 'rows at the end',
    found: `${events} events, of which ${handshakes} handshakes were made before the start`,
  }
}

async function scale(server: string): Promise<boolean> {
  const url = await createDatabase(server, 'portico')
  await (await start(url)).stop()
  await fill(url)
  const pages = await pagesOf(url)
  const lines = await timed(url, pages)
  await query(url, explainEverything('portico'))
  lines.push(
    ...planLines(
      await executedFor(
        url,
        pages.filter(({ byTime }) => !byTime),
      ),
    ),
  )
  lines.push(await amountLine(url))
  return print(lines)
}

await buildIfNeeded()
const postgres = await startPostgres()
if ('missing' in postgres) throw new Error(postgres.missing)
const isGood = await scale(postgres.url).finally(async () => {
  await cleanUp()
  await postgres.stop()
})
process.exit(isGood ? 0 : 1)
