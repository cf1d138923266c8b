import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { foldLimits } from '@/lib/recorder/folding'
import type { Exchange } from '@/lib/recorder/request'
import { useOwnDatabase } from '../support/database/own-database'

/** What is folded is counted everywhere as often as it happened. */

type Recorder = typeof import('@/lib/recorder/recorder') & typeof import('@/lib/recorder/queue')
let recorder: Recorder
let hours: typeof import('@/lib/store/events/hours')
let feed: typeof import('@/lib/recorder/feed')
let heldBack: typeof import('@/lib/store/events/held-back')
let joiner: typeof import('@/lib/recorder/joiner')
let newestEventId: () => Promise<bigint>
let open: (path: string, address?: string) => Exchange
let pool: Awaited<ReturnType<typeof import('@/lib/store/database/database')['database']>>['pool']
let stop: () => Promise<void>
const lines: string[] = []

beforeAll(async () => {
  const { database, closeDatabase } = await useOwnDatabase()
  pool = (await database()).pool
  recorder = {
    ...(await import('@/lib/recorder/recorder')),
    ...(await import('@/lib/recorder/queue')),
  }
  hours = await import('@/lib/store/events/hours')
  feed = await import('@/lib/recorder/feed')
  heldBack = await import('@/lib/store/events/held-back')
  joiner = await import('@/lib/recorder/joiner')
  newestEventId = (await import('@/lib/store/events/events')).newestEventId
  const { openExchange } = await import('@/lib/recorder/exchange')
  open = (path, address = '203.0.113.7') =>
    openExchange(
      { method: 'GET', path, headers: new Headers({ 'x-forwarded-for': `${address}, 127.0.0.1` }) },
      1,
    )
  stop = closeDatabase
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(...String(text).trimEnd().split('\n'))
    return true
  })
})
afterAll(async () => {
  vi.restoreAllMocks()
  await new Promise((resolve) => setTimeout(resolve, 500))
  await stop()
})

/** What is due is written within seconds, on a busy machine in many. */
const patience = { timeout: 30_000 }
const whole = foldLimits.others.whole

function miss(times: number, path = '/wp-login.php', address?: string): void {
  for (let time = 0; time < times; time += 1) {
    recorder.record(open(path, address), 'path.missed', 404, {})
  }
}

const rows = async (path: string) =>
  (await pool.query('select * from "Event" where path = $1 order by id', [path])).rows

const counted = async (): Promise<number> => {
  const since = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 - 3_600_000)
  const all = await hours.hourCounts(since)
  return all.reduce((sum, { count }) => sum + count, 0)
}

test('a run is one event whose count goes up, and its line is printed twice', async () => {
  miss(500)
  await recorder.flushEvents()
  // one is written at its beginning, and what it came to when that is due
  await expect
    .poll(async () => (await rows('/wp-login.php')).at(-1)?.count, patience)
    .toBe(500 - whole)
  const stored = await rows('/wp-login.php')
  expect(stored.map(({ fold, count }) => [fold, count])).toEqual([
    ...Array.from({ length: whole }, () => [null, 1]),
    ['same', 500 - whole],
  ])
  expect(stored.at(-1).lastAt.getTime()).toBeGreaterThanOrEqual(stored.at(-1).at.getTime())
  expect(lines.filter((line) => line.includes('/wp-login.php'))).toHaveLength(whole + 1)
})

test('counts by the hour have each request, whether the fold was counted before or is later', async () => {
  expect(await counted()).toBe(500)
  await hours.countWritten(await newestEventId())
  expect(await counted()).toBe(500)
  miss(100)
  await expect.poll(counted, patience).toBe(600)
  // from the events alone the same comes out
  await hours.resetEventHours()
  expect(await counted()).toBe(600)
  await hours.countWritten(await newestEventId())
  expect(await counted()).toBe(600)
})

test('a reader of the live log hears of an event once, and then what it came to', async () => {
  const gone = new AbortController()
  const seen: { path: string | null; count: number; isAgain: boolean }[] = []
  const reading = (async () => {
    const items = feed.followEvents({ path: '/live' }, null, gone.signal)
    for await (const { event, isAgain } of items) {
      seen.push({ path: event.path, count: event.count, isAgain })
    }
  })()
  // a reader begins with the newest event there is
  await new Promise((resolve) => setTimeout(resolve, 300))
  miss(whole + 1, '/live')
  await recorder.flushEvents()
  await expect.poll(() => seen.length, patience).toBe(whole + 1)
  miss(200, '/live')
  await expect.poll(() => seen.at(-1)?.count, patience).toBe(201)
  expect(seen.filter(({ isAgain }) => !isAgain)).toHaveLength(whole + 1)
  gone.abort()
  await reading
})

test('who comes in the middle of it is told what it comes to', async () => {
  const cursor = feed.cursorBehind(await newestEventId())
  const gone = new AbortController()
  let count = 0
  const reading = (async () => {
    for await (const { event } of feed.followEvents({ path: '/live' }, cursor, gone.signal)) {
      count = Math.max(count, event.count)
    }
  })()
  miss(99, '/live')
  await expect.poll(() => count, patience).toBe(300)
  gone.abort()
  await reading
})

test('the overview says so', async () => {
  const held = async () => (await heldBack.readHeldBack()).find(({ kind }) => kind === 'folded')
  await expect.poll(async () => (await held())?.count ?? 0, patience).toBeGreaterThan(400)
  const later = new Date(Date.now() + 25 * 3600 * 1000)
  expect(await heldBack.readHeldBack(later)).toEqual([])
  await heldBack.noteHeldBack('folded', 7, later)
  expect(await heldBack.readHeldBack(later)).toMatchObject([{ kind: 'folded', count: 7 }])
})

test('what stands for many makes no attempt', async () => {
  const before = (await pool.query('select count(*)::int as count from "Handshake"')).rows[0].count
  for (let index = 0; index < 900; index += 1) {
    const exchange = open('/mcp', `2001:db8:${index.toString(16)}::1`)
    recorder.record(exchange, 'mcp.challenged', 401, {
      reason: { kind: 'no-credentials' },
    })
  }
  await recorder.flushEvents()
  await new Promise((resolve) => setTimeout(resolve, 500))
  await joiner.joinNow()
  const folds = await pool.query(
    `select count(*)::int as count from "Event" where name = 'mcp.challenged' and fold is not null`,
  )
  const after = (await pool.query('select count(*)::int as count from "Handshake"')).rows[0].count
  expect(folds.rows[0].count).toBeGreaterThan(10)
  expect(after - before).toBe(foldLimits.steps.all)
})

test('at the end everything is counted, and each run says what it came to', async () => {
  await recorder.endFolds()
  const { rows: all } = await pool.query(
    `select name, sum(count)::int as count from "Event" group by name order by name`,
  )
  expect(all).toEqual([
    { name: 'mcp.challenged', count: 900 },
    { name: 'path.missed', count: 600 + whole + 300 },
  ])
  expect(lines.filter((line) => line.includes('/wp-login.php')).at(-1)).toMatch(
    /×595 until \d\d:\d\d:\d\d$/,
  )
})
