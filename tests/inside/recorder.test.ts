import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { DescribeEvent } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import { useOwnDatabase } from '../support/database/own-database'

/** What is recorded is printed and written in its order, and what cannot be takes nothing else along. */

type Recorder = typeof import('@/lib/recorder/recorder') &
  typeof import('@/lib/recorder/queue') &
  typeof import('@/lib/recorder/writer')
let recorder: Recorder
let open: (headers?: Readonly<Record<string, string>>) => Exchange
let stored: () => Promise<Record<string, unknown>[]>
/** How many events each statement writes from now on. */
let batches: () => number[]
let pool: Awaited<ReturnType<typeof import('@/lib/store/database/database')['database']>>['pool']
let stop: () => Promise<void>

beforeAll(async () => {
  const { database, closeDatabase } = await useOwnDatabase()
  pool = (await database()).pool
  recorder = {
    ...(await import('@/lib/recorder/recorder')),
    ...(await import('@/lib/recorder/queue')),
    ...(await import('@/lib/recorder/writer')),
  }
  const { openExchange } = await import('@/lib/recorder/exchange')
  open = (headers = {}) =>
    openExchange({ method: 'POST', path: '/mcp', headers: new Headers(headers) }, 1)
  stored = async () => (await pool.query('select * from "Event" order by id')).rows
  batches = () => {
    const sizes: number[] = []
    const query = pool.query.bind(pool)
    vi.spyOn(pool, 'query').mockImplementation((text: string, values: unknown[] = []) => {
      if (text.includes('insert into "Event"')) {
        sizes.push(
          JSON.parse(String(values[0])).flatMap((run: { events: [] }) => run.events).length,
        )
      }
      return query(text, values)
    })
    return sizes
  }
  stop = closeDatabase
})
afterAll(async () => {
  // whoever reads the log is woken a moment later
  await new Promise((resolve) => setTimeout(resolve, 500))
  await stop()
})

/** Lines that the recorder prints from now on, which are not shown. */
function printed(): string[] {
  const lines: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(...String(text).trimEnd().split('\n'))
    return true
  })
  return lines
}
afterEach(() => void vi.restoreAllMocks())

const call = { method: 'tools/call', tool: 'whoami', isError: false }

/** A detail that breaks whoever reads it. */
const broken = {
  ...call,
  get tool(): string {
    throw new Error('out of order')
  },
}

test('more than a batch is written whole and in order, but for what cannot be', async () => {
  const complaints = vi.spyOn(console, 'error').mockReturnValue()
  const lines = printed()
  const dropped = recorder.droppedEvents()
  const written: string[] = []
  for (let index = 0; index < 700; index += 1) {
    const exchange = open()
    // neither what cannot be described, nor a status that the database refuses
    if (index === 20) recorder.record(exchange, 'mcp.called', 200, broken)
    else if (index === 30) recorder.record(exchange, 'mcp.called', 2 ** 40, call)
    else {
      recorder.record(exchange, 'mcp.called', 200, call)
      written.push(exchange.requestId)
    }
  }
  await recorder.flushEvents()
  expect((await stored()).map(({ requestId }) => requestId)).toEqual(written)
  expect(recorder.droppedEvents() - dropped).toBe(2)
  expect(complaints.mock.calls.map(([line]) => String(line))).toEqual([
    'event log: one event could not be described: out of order',
    expect.stringContaining('event log: mcp.called was not written: '),
  ])
  // what the database refused has happened
  expect(lines).toHaveLength(written.length + 1)
})

/** Stores a change with an event. @param then is done in the transaction after that */
const change =
  (then: () => void = () => {}) =>
  async (describe: DescribeEvent): Promise<void> => {
    const { transaction } = await import('@/lib/store/database/database')
    const { insertEventsWith } = await import('@/lib/store/events/events')
    await transaction(async (connection) => {
      await insertEventsWith(connection, [describe('root.visited', {}, 200)])
      then()
    })
  }

const fail = () => {
  throw new Error('out of order')
}

test('what was written with its change is printed, and not written again', async () => {
  const before = (await stored()).length
  const lines = printed()
  const exchange = open()
  await recorder.commit(exchange, change())
  await recorder.flushEvents()
  expect((await stored()).slice(before)).toMatchObject([{ requestId: exchange.requestId }])
  expect(lines).toEqual([expect.stringMatching(/^\d\d:\d\d:\d\d root\.visited +200 POST \/mcp/)])
  expect(exchange.recorded).toBe(1)
})

test('of a change that was undone nothing is told', async () => {
  const before = await stored()
  const lines = printed()
  const exchange = open()
  await expect(recorder.commit(exchange, change(fail))).rejects.toThrow('out of order')
  // also where whoever stores it makes a "no" of that
  const store = (describe: DescribeEvent) => change(fail)(describe).catch(() => null)
  expect(await recorder.commit(exchange, store)).toBeNull()
  await recorder.flushEvents()
  expect(await stored()).toEqual(before)
  expect(lines).toEqual([])
  expect(exchange.recorded).toBe(0)
})

test('what was committed is told of, though the rest of it failed', async () => {
  const lines = printed()
  const exchange = open()
  const store = (describe: DescribeEvent) => change()(describe).then(fail)
  await expect(recorder.commit(exchange, store)).rejects.toThrow('out of order')
  await recorder.flushEvents()
  expect(lines).toHaveLength(1)
})

test('a change whose event nobody would be told of is refused', async () => {
  const { transaction } = await import('@/lib/store/database/database')
  const { insertEventsWith } = await import('@/lib/store/events/events')
  const { describeEvent } = await import('../support/handshakes/describe-event')
  const before = await stored()
  const event = describeEvent(open(), 'root.visited', 200, {})
  const untold = transaction((connection) => insertEventsWith(connection, [event]))
  await expect(untold).rejects.toThrow(TypeError)
  expect(await stored()).toEqual(before)
})

test('each is written with whom it came from, however they alternate', async () => {
  printed()
  const before = await stored()
  const since = Date.now()
  const { describeEvent } = await import('../support/handshakes/describe-event')
  const claude = { 'user-agent': 'Claude-User', 'x-forwarded-for': '160.79.104.10' }
  const senders: { headers: Record<string, string>; ids: Exchange['ids'] }[] = [
    { headers: claude, ids: { clientId: 'c_1', grantId: 'g_1', userId: 'u_1' } },
    { headers: claude, ids: { clientId: 'c_1', grantId: 'g_2', userId: 'u_1' } },
    { headers: claude, ids: { clientId: 'c_1', grantId: 'g_2', sessionId: 's_1' } },
    { headers: { ...claude, 'cf-ray': 'one' }, ids: {} },
    { headers: { ...claude, 'cf-ray': 'two' }, ids: {} },
    { headers: {}, ids: { interactionId: 'i_1' } },
  ]
  const order = [0, 0, 1, 0, 2, 2, 3, 3, 4, 4, 5, 5, 0, 3, 5, 1]
  const expected = order.map((index) => {
    const { headers, ids } = senders[index] ?? { headers: {}, ids: {} }
    const exchange = open(headers)
    Object.assign(exchange.ids, ids)
    recorder.record(exchange, 'mcp.called', 200, call)
    const { at, durationMs, ...event } = describeEvent(exchange, 'mcp.called', 200, call)
    return { ...event, count: 1 }
  })
  await recorder.flushEvents()
  const written = (await stored()).slice(before.length)
  const without = ({ id, at, durationMs, ...row }: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))
  expect(written.map(without)).toEqual(expected)
  for (const { at, durationMs } of written) {
    expect(durationMs).toBeTypeOf('number')
    expect((at as Date).getTime()).toBeGreaterThanOrEqual(since)
    expect((at as Date).getTime()).toBeLessThanOrEqual(Date.now())
  }
})

test('what arrives while a batch is written waits for the next one', async () => {
  printed()
  const sizes = batches()
  recorder.record(open(), 'mcp.called', 200, call)
  const writing = recorder.flushEvents()
  while (sizes.length === 0) await null
  // enough of them that they are described at once
  for (let index = 0; index < 40; index += 1) recorder.record(open(), 'mcp.called', 200, call)
  await writing
  await recorder.flushEvents()
  expect(sizes).toEqual([1, 40])
})

/** Has the next writes of events fail as they do when the connection is cut. */
function cutConnection(times: number, isWritten: boolean): void {
  let left = times
  const query = pool.query.bind(pool)
  vi.spyOn(pool, 'query').mockImplementation((async (text: string, values?: unknown[]) => {
    const isCut = text.includes('insert into "Event"') && left > 0
    if (!isCut) return query(text, values)
    left -= 1
    if (isWritten) await query(text, values)
    throw new Error('Connection terminated unexpectedly')
  }) as typeof pool.query)
}

test.each([
  ['before it was written', false],
  ['after it was written, and before that was answered', true],
])(
  'a batch whose connection is cut %s is written once, before what came later',
  async (_, done) => {
    const complaints = vi.spyOn(console, 'error').mockReturnValue()
    printed()
    const before = (await stored()).length
    const dropped = recorder.droppedEvents()
    cutConnection(1, done)
    const recorded: string[] = []
    const recordOne = () => {
      const exchange = open()
      recorded.push(exchange.requestId)
      recorder.record(exchange, 'mcp.called', 200, call)
    }
    for (let index = 0; index < 3; index += 1) recordOne()
    await recorder.flushEvents()
    for (let index = 0; index < 4; index += 1) recordOne()
    await recorder.flushEvents()
    const written = (await stored()).slice(before)
    expect(written.map(({ requestId }) => requestId)).toEqual(recorded)
    expect(recorder.droppedEvents()).toBe(dropped)
    expect(complaints).not.toHaveBeenCalled()
  },
)
