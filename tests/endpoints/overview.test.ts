import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { databaseFor } from '../support/database/portico-database'
import { postMcp, toolCall } from '../support/mcp/mcp-message'
import { connect } from '../support/oauth/oauth-tokens'
import { newBrowser, type Operator, operatorOf, signIn } from '../support/people/operator'
import { freePort } from '../support/server/free-port.mjs'
import { sharedOrigin, startPortico } from '../support/server/portico'
import { serverClock } from '../support/server/server-clock'

vi.setConfig({ testTimeout: 240_000 })

/** What is counted must be 20 s old, which a server of these tests takes a moment for. */
const clock = serverClock()
const countedAfterMs = 25_000
afterAll(clock.remove)

const html = async (operator: Operator, query = ''): Promise<string> =>
  (await operator.open(`/admin${query}`)).text()

/** A number of the overview by what stands above it. */
function figure(page: string, label: string): number {
  const found = new RegExp(`>${label}</span><span[^>]*>([^<]*)<`).exec(page)?.[1]
  if (found === undefined) throw new Error(`the overview has no ${label}`)
  return Number(found.replaceAll(',', ''))
}

async function callTools(origin: string, token: string, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    const answer = await postMcp(`${origin}/mcp`, token, toolCall('whoami'))
    expect(answer.status).toBe(200)
  }
}

describe('the overview', () => {
  test('counts calls and refusals at once, and again when they were rolled up', async () => {
    const { origin } = await startPortico({ env: clock.env })
    const operator = await signIn(origin)
    const before = await html(operator)
    const { tokens } = await connect(origin)
    await callTools(origin, tokens.access_token, 7)
    for (const path of ['/nowhere/1', '/nowhere/2']) await fetch(`${origin}${path}`)
    // how a client learns where to get a token is neither refused nor failed
    for (let time = 0; time < 50; time += 1) await fetch(`${origin}/mcp`, { method: 'POST' })
    const at = async () => {
      const page = await html(operator)
      return ['Tool calls', 'Refused or failed'].map(
        (label) => figure(page, label) - figure(before, label),
      )
    }
    const [calls, errors] = await at()
    expect(calls).toBe(7)
    expect(errors).toBeGreaterThanOrEqual(2)
    expect(errors).toBeLessThan(50)
    // the counter has a look every 5 s; by then it has taken all of them over
    await sleep(6000)
    clock.later(countedAfterMs)
    await sleep(6000)
    const [still] = await at()
    expect(still).toBe(7)
  })

  test('draws its charts on the server, and says the same as a table', async () => {
    const operator = await operatorOf(sharedOrigin())
    const day = await html(operator)
    expect(day.match(/data-slot="bar-chart"/g)).toHaveLength(3)
    expect(day.match(/<svg role="img" aria-label="Tool calls: [^"]*, by the hour"/)).not.toBeNull()
    expect(day.match(/<th scope="row"/g)).toHaveLength(24)
    const week = await html(operator, '?range=7d')
    expect(week.match(/<th scope="row"/g)).toHaveLength(28)
    expect(week).toContain('in 7 days')
    expect((await operator.open('/admin?range=%00&range=x')).status).toBe(200)
  })

  test('writes numbers as the reader does', async () => {
    const calls = `insert into "EventHour" (hour, name, outcome, bucket, count)
      values (date_trunc('hour', now(), 'UTC'), 'mcp.called', 'ok', 1, 1100)`
    const { origin } = await startPortico({ stored: [calls] })
    const operator = await signIn(origin)
    const read = async (language: string) => {
      const headers = { 'accept-language': language }
      const page = await (await operator.open('/admin', { headers })).text()
      return />Tool calls<\/span><span[^>]*>([^<]*)</.exec(page)?.[1]
    }
    expect(await read('de-DE,de;q=0.9')).toBe('1.100')
    expect(await read('en-GB')).toBe('1,100')
    expect(await read('*, nonsense_, en')).toBe('1,100')
  })

  test('is for those who may see it', async () => {
    const { status, headers } = await newBrowser(sharedOrigin()).open('/admin?range=7d')
    expect(status).toBe(307)
    expect(headers.get('location')).toContain(encodeURIComponent('/admin?range=7d'))
  })
})

// the embedded database belongs to one process
describe.skipIf(!process.env.TEST_DATABASE_URL)('the counts by the hour', () => {
  const grouped = `name, outcome::text, date_trunc('hour', at, 'UTC') as hour, count(*)::int as count
    from "Event" where agent is distinct from 'Portico (self-check)'`

  /** Whether every event up to the cursor is counted once, and the cursor has come as far as `id`. */
  async function agree(client: pg.Client, id: string): Promise<boolean> {
    const key = `select (value #>> '{}')::bigint from "Setting" where key = 'event-hours.cursor'`
    const { rows } = await client.query(
      `with counted as (
        select name, outcome::text, hour, sum(count)::int as count from "EventHour" group by 1, 2, 3
      ), recorded as (select ${grouped} and id <= (${key}) group by 1, 2, 3)
      select (${key}) >= $1 as far,
        not exists (table counted except table recorded)
          and not exists (table recorded except table counted) as same,
        (select sum(count)::int from counted) as all`,
      [id],
    )
    if (rows[0].far && !rows[0].same) throw new Error('events and counts differ')
    return rows[0].far === true && rows[0].all > 0
  }

  test('agree with the events, whichever instance counts and whenever it stops', async () => {
    const shared: Record<string, string> = {
      ...clock.env,
      PORTICO_SECRET: randomBytes(32).toString('hex'),
      PORTICO_URL: `http://localhost:${await freePort()}`,
    }
    const one = await startPortico({
      port: Number(new URL(String(shared.PORTICO_URL)).port),
      env: shared,
    })
    shared.DATABASE_URL = String(await databaseFor(one.dataDir))
    const other = await startPortico({ env: shared })
    const client = new pg.Client({ connectionString: shared.DATABASE_URL })
    // the database is dropped when the test is over, whatever became of it
    client.on('error', () => undefined)
    await client.connect()
    const newest = async (): Promise<string> =>
      (await client.query('select max(id) as id from "Event"')).rows[0].id
    const settled = async () => {
      const id = await newest()
      const areCounted = () => {
        clock.later(countedAfterMs)
        return agree(client, id)
      }
      await expect.poll(areCounted, { timeout: 60_000, interval: 2000 }).toBe(true)
    }

    const { access_token: token } = (await connect(one.origin)).tokens
    await Promise.all([one, other].map(({ origin }) => callTools(origin, token, 30)))
    await settled()
    // the one that counts may be the one that ends
    const calls = callTools(other.origin, token, 60)
    await one.stop()
    await calls
    await settled()
    const env = { ...process.env, ...shared }
    await promisify(execFile)('npm', ['run', '--silent', 'counts', '--', 'rebuild'], { env })
    await settled()
    await client.end()
  })
})
