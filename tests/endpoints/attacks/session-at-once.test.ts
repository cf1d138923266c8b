import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  allAnswered,
  askAtOnce,
  atOnce,
  deleteSession,
  waysToAsk,
} from '../../support/database/at-once'
import { databaseFor } from '../../support/database/portico-database'
import { startPostgres } from '../../support/database/postgres.mjs'
import { initialize, postMcp, toolCall } from '../../support/mcp/mcp-message'
import { callInSession, openSession, openStream, type Session } from '../../support/mcp/mcp-session'
import { connect } from '../../support/oauth/oauth-tokens'
import { freePort } from '../../support/server/free-port.mjs'
import { sharedOrigin, startPortico } from '../../support/server/portico'
import type { Portico } from '../../support/server/portico-process'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 })

/**
 * MCP 2025-11-25, "Session Management": clients open another session on 404 and on nothing else, so
 * that whatever is asked of a session that is not in memory, however often at once, is answered by 404
 * or as if it were there.
 */

const served = { call: 200, list: 200, notify: 202, stream: 200, resume: 200 }
const allServed = Object.fromEntries(
  Object.entries(served).map(([way, status]) => [way, new Set([status])]),
)

const origin = sharedOrigin()
const mcpUrl = `${origin}/mcp`
const { access_token: token } = (await connect(origin)).tokens

describe('a session that is not in memory, asked for many times at once', () => {
  test('is 404 each time where it was never given out', async () => {
    const session = { id: 'mcps_none', token, revision: '2025-11-25' }
    expect(await askAtOnce(mcpUrl, session)).toEqual(allAnswered(404))
    expect(await atOnce(6, () => deleteSession(mcpUrl, session))).toEqual(Array(6).fill(404))
  })

  test('is 404 each time where it has ended, and is ended once', async () => {
    const session = await openSession(mcpUrl, token)
    const ends = await atOnce(6, () => deleteSession(mcpUrl, session))
    expect(ends.toSorted()).toEqual([200, 404, 404, 404, 404, 404])
    expect(await askAtOnce(mcpUrl, session)).toEqual(allAnswered(404))
  })

  test('is 404 each time where it is somebody else’s', async () => {
    const session = await openSession(mcpUrl, token)
    const stolen = { ...session, token: (await connect(origin)).tokens.access_token }
    expect(await askAtOnce(mcpUrl, stolen)).toEqual(allAnswered(404))
    expect(await askAtOnce(mcpUrl, session)).toEqual(allServed)
  })

  test('is served or 404 while it is ended, and 404 from then on', async () => {
    for (let round = 0; round < 8; round += 1) {
      const session = await openSession(mcpUrl, token)
      const asking = Object.entries(waysToAsk).flatMap(([way, ask]) =>
        Array.from({ length: 4 }, async (_, index) => {
          const status = await ask(mcpUrl, session, index)
          return { way, status }
        }),
      )
      const ended = deleteSession(mcpUrl, session)
      const answers = await Promise.all(asking)
      const wrong = answers.filter(
        ({ way, status }) => status !== 404 && status !== served[way as keyof typeof served],
      )
      expect(wrong).toEqual([])
      expect(await ended).toBe(200)
      expect(await askAtOnce(mcpUrl, session, 2)).toEqual(allAnswered(404))
    }
  })

  test('cannot be opened by what is too large to be kept', async () => {
    const opening = initialize('2025-11-25')
    const capabilities = { experimental: { padding: { text: 'x'.repeat(70_000) } } }
    const answer = await postMcp(mcpUrl, token, {
      ...opening,
      params: { ...opening.params, capabilities },
    })
    expect(answer.status).toBe(413)
    expect(answer.rpc.error?.message).toContain('64 KiB')
  })
})

describe('after a restart', () => {
  let portico: Portico
  let url: string
  let owner: string
  let thief: string

  const restart = async () => {
    await portico.stop()
    const port = Number(new URL(portico.origin).port)
    portico = await startPortico({ dataDir: portico.dataDir, port })
  }

  beforeAll(async () => {
    portico = await startPortico()
    url = `${portico.origin}/mcp`
    owner = (await connect(portico.origin)).tokens.access_token
    thief = (await connect(portico.origin)).tokens.access_token
  })

  test('all are served, and by one session: its end is the end of all', async () => {
    const session = await openSession(url, owner)
    await restart()
    expect(await askAtOnce(url, session)).toEqual(allServed)
    expect(await deleteSession(url, session)).toBe(200)
    expect(await askAtOnce(url, session)).toEqual(allAnswered(404))
  })

  test('whoever asks for it with another token gets 404, and spoils it for nobody', async () => {
    const session = await openSession(url, owner)
    const stolen = { ...session, token: thief }
    await restart()
    const [theirs, own] = await Promise.all([askAtOnce(url, stolen), askAtOnce(url, session)])
    expect(theirs).toEqual(allAnswered(404))
    expect(own).toEqual(allServed)
  })

  test('it may be ended while it is brought back', async () => {
    const sessions = await atOnce(6, () => openSession(url, owner))
    await restart()
    for (const session of sessions) {
      const asked = askAtOnce(url, session, 3)
      expect(await deleteSession(url, session)).toBe(200)
      for (const statuses of Object.values(await asked)) {
        expect([...statuses].filter((status) => status > 404)).toEqual([])
      }
      expect(await askAtOnce(url, session, 2)).toEqual(allAnswered(404))
    }
  })
})

// the embedded database belongs to one process
describe.skipIf(!process.env.TEST_DATABASE_URL)('on another instance', () => {
  let one: Portico
  let other: Portico
  let bearer: string
  const on = (instance: Portico) => `${instance.origin}/mcp`

  beforeAll(async () => {
    const port = await freePort()
    const shared = {
      PORTICO_SECRET: randomBytes(32).toString('hex'),
      PORTICO_URL: `http://localhost:${port}`,
    }
    one = await startPortico({ port, env: shared })
    const DATABASE_URL = String(await databaseFor(one.dataDir))
    other = await startPortico({ env: { ...shared, DATABASE_URL } })
    bearer = (await connect(one.origin)).tokens.access_token
  })

  test('all are served at once, on both', async () => {
    const session = await openSession(on(one), bearer)
    const both = await Promise.all([askAtOnce(on(other), session), askAtOnce(on(one), session)])
    expect(both).toEqual([allServed, allServed])
  })

  test('all are 404 on both as soon as it has ended on one', async () => {
    const ended: Session[] = []
    for (let round = 0; round < 4; round += 1) {
      const session = await openSession(on(one), bearer)
      const asked = askAtOnce(on(other), session, 3)
      expect(await deleteSession(on(one), session)).toBe(200)
      for (const statuses of Object.values(await asked)) {
        expect([...statuses].filter((status) => status > 404)).toEqual([])
      }
      ended.push(session)
    }
    for (const session of ended) {
      await expect.poll(() => askAtOnce(on(other), session, 2)).toEqual(allAnswered(404))
      expect(await askAtOnce(on(one), session, 2)).toEqual(allAnswered(404))
    }
  })

  test('a stream that was opened while it ended, ends', async () => {
    const session = await openSession(on(one), bearer)
    const streams = atOnce(4, () => openStream(on(other), session, { method: 'GET' }))
    expect(await deleteSession(on(one), session)).toBe(200)
    for (const { ended } of await streams) await ended
  })
})

type Postgres = Exclude<Awaited<ReturnType<typeof startPostgres>>, { missing: string }>

describe.skipIf(!process.env.TEST_DATABASE_URL)('while the database is away', () => {
  let postgres: Postgres
  afterAll(() => postgres?.stop())

  test('all are 503, and served by one session when it is back', async () => {
    const started = await startPostgres({ isDurable: true })
    if ('missing' in started) throw new Error(started.missing)
    postgres = started
    const env = { DATABASE_URL: postgres.url }
    const first = await startPortico({ env })
    const url = `${first.origin}/mcp`
    const bearer = (await connect(first.origin)).tokens.access_token
    const session = await openSession(url, bearer)
    await first.stop()
    const { port } = new URL(first.origin)
    const second = await startPortico({ dataDir: first.dataDir, port: Number(port), env })
    // the token is known from here on, and the session is not
    expect((await postMcp(url, bearer, toolCall('whoami'))).status).toBe(200)
    await postgres.halt()
    const away = await atOnce(6, () => callInSession(url, session, 'whoami'))
    expect(away.map(({ status }) => status)).toEqual(Array(6).fill(503))
    expect(away.every(({ headers }) => headers.has('retry-after'))).toBe(true)
    await postgres.start()
    await expect.poll(second.output).toContain('database: back after')
    expect(await askAtOnce(url, session)).toEqual(allServed)
    await second.stop()
  })
})
