import { randomBytes, randomUUID } from 'node:crypto'
import { decodeJwt } from 'jose'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { databaseFor } from '../../support/database/portico-database'
import { type EventStream, openEventStream } from '../../support/mcp/event-stream'
import { mcpHeaders, statelessHeaders, statelessRpc } from '../../support/mcp/mcp-message'
import { type OpenStream, openSession, openStream } from '../../support/mcp/mcp-session'
import { connect } from '../../support/oauth/oauth-tokens'
import { changeRole, disablePerson, pauseConnection } from '../../support/people/admin-actions'
import { form, type Operator, signIn } from '../../support/people/operator'
import { submitForm } from '../../support/people/page-forms'
import { newPerson, password } from '../../support/people/people-admin'
import { actionNamed, runAction } from '../../support/people/server-action'
import { freePort } from '../../support/server/free-port.mjs'
import { startPortico } from '../../support/server/portico'
import type { Portico } from '../../support/server/portico-process'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 })

/**
 * OWASP ASVS 3.3.4, 3.8: what goes on after its session has ended. A live stream ends with the session,
 * the account or the role it was opened by, and says so, so that its page does not come back.
 */

const livePages = ['/admin/log/stream', '/admin/handshakes/stream', '/admin/log/stream?event=mcp']
/** Of a page that is told at once; by then a beat has not come yet. */
const atOnceMs = 8000
/** Where the notification was lost: by the next look, which is sooner than the next beat. */
const byBeatMs = 20_000

async function signOut(browser: Operator): Promise<void> {
  const answer = await (await browser.open('/api/auth/csrf')).json()
  const { csrfToken } = answer as { csrfToken: string }
  await browser.open('/api/auth/signout', form({ csrfToken, callbackUrl: '/', json: 'true' }))
}

async function openPages(browser: Operator, origin = browser.origin): Promise<EventStream[]> {
  const there = {
    ...browser,
    open: (url: string | URL, init?: RequestInit) => browser.open(new URL(url, origin), init),
  }
  const pages = await Promise.all(livePages.map((path) => openEventStream(there, path)))
  expect(pages.map(({ response }) => response.status)).toEqual([200, 200, 200])
  // a session that ends now ends what is watched
  await Promise.all(pages.map((page) => page.until((events) => events.length > 0)))
  return pages
}

const within = <Result>(ms: number, promise: Promise<Result>): Promise<Result | 'goes on'> =>
  Promise.race([promise, new Promise<'goes on'>((resolve) => setTimeout(resolve, ms, 'goes on'))])

async function expectOver(pages: readonly EventStream[], ms: number): Promise<void> {
  for (const page of pages) {
    expect(await within(ms, page.ended)).toBe(true)
    expect(page.events.at(-1)?.event).toBe('over')
  }
}

async function expectBarred(browser: Operator): Promise<void> {
  for (const path of livePages) expect((await browser.open(path)).status).toBe(401)
  expect((await browser.open('/admin/approvals/count')).status).toBe(401)
}

let one: Portico
let other: Portico | null = null
let databaseUrl: string | null = null
let admin: Operator

/** Where the streams are read: where there is another instance, what ends them is done on the first. */
const readOn = () => (other ?? one).origin

beforeAll(async () => {
  const port = await freePort()
  const shared = {
    PORTICO_SECRET: randomBytes(32).toString('hex'),
    PORTICO_URL: `http://localhost:${port}`,
    PORTICO_PROXY_HOPS: '1',
  }
  one = await startPortico({ port, env: shared })
  if (process.env.TEST_DATABASE_URL) {
    databaseUrl = String(await databaseFor(one.dataDir))
    other = await startPortico({ env: { ...shared, DATABASE_URL: databaseUrl } })
  }
  admin = await signIn(one.origin)
})

/** Changes rows as if their notification were lost. */
async function behindTheBack(sql: string, values: readonly unknown[]): Promise<void> {
  const client = new pg.Client({ connectionString: String(databaseUrl) })
  await client.connect()
  await client.query(sql, [...values]).finally(() => client.end())
}

const someEmail = () => `${randomUUID()}@streams.test`

describe('a live page ends', () => {
  test('when its reader is disabled', async () => {
    const email = someEmail()
    const viewer = await newPerson(admin, email, 'viewer')
    const pages = await openPages(viewer, readOn())
    await disablePerson(admin, email)
    await expectOver(pages, atOnceMs)
    await expectBarred(viewer)
  })

  test('when its reader has a role that does not include it any more, and not before', async () => {
    const email = someEmail()
    const reader = await newPerson(admin, email, 'operator')
    const pages = await openPages(reader, readOn())
    await changeRole(admin, email, 'viewer')
    expect(await within(1500, Promise.race(pages.map(({ ended }) => ended)))).toBe('goes on')
    await changeRole(admin, email, 'member')
    await expectOver(pages, atOnceMs)
    await expectBarred(reader)
  })

  test('when its reader signs out, and those of their other browsers go on', async () => {
    const email = someEmail()
    const here = await newPerson(admin, email, 'viewer')
    const elsewhere = await signIn(one.origin, { email, password })
    const [pages, others] = [await openPages(here, readOn()), await openPages(elsewhere, readOn())]
    await signOut(here)
    await expectOver(pages, atOnceMs)
    expect(await within(500, Promise.race(others.map(({ ended }) => ended)))).toBe('goes on')
    const endOthers = actionNamed('account/actions.ts', 'endOthers')
    await runAction(await signIn(one.origin, { email, password }), '/account', endOthers, [])
    await expectOver(others, atOnceMs)
  })

  test('when its reader changes the password in another browser', async () => {
    const email = someEmail()
    const elsewhere = await newPerson(admin, email, 'viewer')
    const here = await signIn(one.origin, { email, password })
    const pages = await openPages(elsewhere, readOn())
    await submitForm(here, '/account', { current: password, next: 'five other unrelated words' })
    await expectOver(pages, atOnceMs)
  })

  test.skipIf(!process.env.TEST_DATABASE_URL)(
    'by the next beat, where nothing was heard of it',
    async () => {
      const endings = [
        `update "User" set "disabledAt" = now() where email = $1`,
        `update "User" set role = 'member' where email = $1`,
        `update "OperatorSession" set "endedAt" = now()
           where "userId" = (select id from "User" where email = $1)`,
        `update "OperatorSession" set "expiresAt" = now()
           where "userId" = (select id from "User" where email = $1)`,
      ]
      await Promise.all(
        endings.map(async (sql) => {
          const email = someEmail()
          const pages = await openPages(await newPerson(admin, email, 'viewer'), readOn())
          await behindTheBack(sql, [email])
          await expectOver(pages, byBeatMs)
        }),
      )
    },
  )
})

describe('a stream of MCP ends', () => {
  const streams: { drop(): void }[] = []
  afterAll(() => {
    for (const stream of streams) stream.drop()
  })

  /** The stream of a session and a subscription, of a new connection of a new person. */
  async function opened() {
    const email = someEmail()
    const person = await newPerson(admin, email, 'member')
    const connection = await connect(one.origin, { operator: person })
    const { access_token: token } = connection.tokens
    const mcpUrl = `${readOn()}/mcp`
    const get = await openStream(mcpUrl, await openSession(mcpUrl, token), { method: 'GET' })
    expect(get.status).toBe(200)
    const message = statelessRpc('subscriptions/listen', {
      notifications: { toolsListChanged: true },
    })
    const leaving = new AbortController()
    const listening = await fetch(mcpUrl, {
      method: 'POST',
      headers: mcpHeaders(token, statelessHeaders('subscriptions/listen')),
      body: JSON.stringify(message),
      signal: leaving.signal,
    })
    expect(listening.status).toBe(200)
    streams.push(get, { drop: () => leaving.abort() })
    const listenEnded = listening.text().then(() => true)
    listenEnded.catch(() => undefined)
    const grantId = String(decodeJwt(token).grant_id)
    return { email, connection, grantId, get, listenEnded }
  }

  const expectEnded = async (
    { get, listenEnded }: { get: OpenStream; listenEnded: Promise<boolean> },
    ms: number,
  ) => {
    expect(await within(ms, get.ended)).toBeUndefined()
    expect(await within(ms, listenEnded)).toBe(true)
  }

  test('when its person is disabled', async () => {
    const stream = await opened()
    await disablePerson(admin, stream.email)
    await expectEnded(stream, atOnceMs)
  })

  test('when its connection is paused', async () => {
    const stream = await opened()
    await pauseConnection(admin, stream.grantId)
    await expectEnded(stream, atOnceMs)
  })

  test.skipIf(!process.env.TEST_DATABASE_URL)(
    'by the next beat, where nothing was heard of it',
    async () => {
      const endings: [string, (of: Awaited<ReturnType<typeof opened>>) => string][] = [
        [`update "Grant" set status = 'revoked' where id = $1`, ({ grantId }) => grantId],
        [`delete from "Client" where id = $1`, ({ connection }) => connection.client.client_id],
        [`update "User" set "disabledAt" = now() where email = $1`, ({ email }) => email],
      ]
      await Promise.all(
        endings.map(async ([sql, value]) => {
          const stream = await opened()
          await behindTheBack(sql, [value(stream)])
          await expectEnded(stream, byBeatMs)
        }),
      )
    },
  )
})
