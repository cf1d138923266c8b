import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callInSession, openSession, openStream } from '../support/mcp/mcp-session'
import { register } from '../support/oauth/oauth'
import { connect } from '../support/oauth/oauth-tokens'
import { type Operator, signIn } from '../support/people/operator'
import { openLiveLog } from '../support/people/operator-stream'
import { type DeployedDatabase, deploy, newDatabase } from './vercel/deployment'
import type { Platform } from './vercel/platform'

/** The platform cuts what lasts too long; whoever reads goes on where it was cut. */

let database: DeployedDatabase
let portico: Platform
let operator: Operator
const cutMs = 10_000

beforeAll(async () => {
  database = await newDatabase()
  portico = await deploy(database)
  operator = await signIn(portico.origin)
})
afterAll(async () => {
  await portico?.stop()
  await database?.drop()
})

const mcpUrl = () => `${portico.origin}/mcp`

async function registered(name: string): Promise<string> {
  const { client_id } = await register(portico.origin, { client_name: name })
  return client_id
}

describe('the live log', () => {
  it('shows what another function records, with no instance listening for it', async () => {
    const log = await openLiveLog(operator)
    const id = await registered('while it is read')
    await log.until((rows) => rows.some(({ row }) => JSON.stringify(row).includes(id)))
    await log.close()
  })

  it('that was cut goes on after its last event, and shows what came in between', async () => {
    const log = await openLiveLog(operator)
    const first = await registered('before the cut')
    await log.until((rows) => rows.some(({ row }) => JSON.stringify(row).includes(first)))
    portico.cutAfter(cutMs)
    const cut = await openLiveLog(operator, {}, log.rows.at(-1)?.id)
    await log.close()
    await cut.ended
    portico.cutAfter(300_000)
    const between = await registered('in between')
    await portico.untilFrozen()
    const last = cut.rows.at(-1)?.id ?? log.rows.at(-1)?.id
    const again = await openLiveLog(operator, {}, last)
    await again.until((rows) => rows.some(({ row }) => JSON.stringify(row).includes(between)))
    const shown = again.rows.map(({ id }) => id)
    expect(new Set(shown).size).toBe(shown.length)
    await again.close()
  })

  it('leaves no connection to PostgreSQL in the middle of anything when it is cut', async () => {
    portico.cutAfter(cutMs)
    const log = await openLiveLog(operator)
    await log.ended
    portico.cutAfter(300_000)
    await portico.untilFrozen()
    expect(await database.held()).toEqual([])
  })
})

describe('the stream of a session', () => {
  it('that was cut resumes with Last-Event-ID on another instance', async () => {
    const { tokens } = await connect(portico.origin, { operator })
    const session = await openSession(mcpUrl(), tokens.access_token)
    portico.cutAfter(cutMs)
    const cut = await openStream(mcpUrl(), session, { method: 'GET' })
    expect(cut.status).toBe(200)
    await cut.ended
    portico.cutAfter(300_000)
    const lastEventId = cut.events.findLast(({ id }) => id)?.id
    expect(lastEventId).toBeTruthy()
    await portico.untilFrozen()
    await portico.killAll()
    const again = await openStream(mcpUrl(), session, {
      method: 'GET',
      lastEventId: String(lastEventId),
    })
    expect(again.status).toBe(200)
    const { status } = await callInSession(mcpUrl(), session, 'server_status')
    expect(status).toBe(200)
    again.drop()
    await sleep(0)
  })
})
