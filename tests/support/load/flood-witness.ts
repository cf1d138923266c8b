import { setTimeout as sleep } from 'node:timers/promises'
import { resident } from '../../bench/process-memory'
import { connectAs } from '../clients/claude'
import { hostedClaude } from '../clients/claude-clients'
import { databaseMebibytes } from '../database/database-size'
import { connect } from '../oauth/oauth-tokens'
import { type Operator, sessionCookie, signIn, signInWith } from '../people/operator'
import { answer } from '../people/operator-consent'
import { openAlertChannels } from '../receivers/alert-channels'
import { admin, launch } from '../server/portico-process'
import { countAnswers, type Flooded, flood } from './flood'
import { callTool } from './mixed-load'

/** What users and clients experienced during a flood. */
export type Witnessed = {
  readonly flooded: Flooded
  readonly calls: { readonly answered: number; readonly failed: number; readonly slowestMs: number }
  readonly signIns: { readonly accepted: number; readonly refused: number }
  /** from the user's consent, after which the client is silent, to the alert; `null` without one */
  readonly toldAfterMs: number | null
  /** alerts other than the stall's */
  readonly otherAlerts: readonly string[]
  /** the process's MiB before and after */
  readonly memory: { readonly before: number; readonly after: number; readonly most: number }
  /** the database's MiB before and after */
  readonly database: { readonly before: number; readonly after: number }
}

/** Options of a watched flood. */
export type Watching = {
  readonly requests: number
  readonly seconds: number
  readonly atOnce?: number
  readonly seed?: number
  /** number of trusted proxies; 0 makes all requests come from one address */
  readonly hops?: 0 | 1
}

/** The most MiB a flood may cost, whatever it sends (docs/threat-model.md). */
export const boundsOfFlood = {
  /** growth */
  memory: 150,
  /** growth of the log, as configured for the server … */
  log: 64,
  /** … and of clients, authorization requests and the WAL, which have limits of their own */
  others: 40,
} as const

/** Repeats something until it is stopped. */
function repeat(everyMs: number, work: () => Promise<void>): () => Promise<void> {
  let isOver = false
  const running = (async () => {
    while (!isOver) {
      await work()
      await sleep(everyMs)
    }
  })()
  return () => {
    isOver = true
    return running
  }
}

/** A connected client that keeps calling. */
function keepCalling(origin: string, token: string) {
  const calls = { answered: 0, failed: 0, slowestMs: 0 }
  const stop = repeat(200, async () => {
    const since = Date.now()
    const { status } = await callTool(origin, token).catch(() => ({ status: 0 }))
    calls.slowestMs = Math.max(calls.slowestMs, Date.now() - since)
    if (status === 200) calls.answered += 1
    else calls.failed += 1
  })
  return { calls, stop }
}

/** A user who signs in with a known browser. */
function keepSigningIn(browser: Operator) {
  const signIns = { accepted: 0, refused: 0 }
  const stop = repeat(3000, async () => {
    for (const name of browser.cookies.keys()) {
      if (name.endsWith('next-auth.session-token')) browser.cookies.delete(name)
    }
    const response = await signInWith(browser, admin).catch(() => null)
    if (response?.ok && sessionCookie(browser)) signIns.accepted += 1
    else signIns.refused += 1
  })
  return { signIns, stop }
}

/** How long an alert may take: silence after a token is judged after 15 s (design §7). */
const alertTimeoutMs = 60_000
/** Deferred work, such as writing and deleting, is done by then. */
const settleMs = 10_000

type Alert = {
  readonly type: string
  readonly text: string
  readonly handshake?: { surface?: string }
}

/** Connects hosted Claude with a user's consent. @returns when the user answered */
function stall(origin: string, person: Operator): Promise<number> {
  return new Promise((resolve, reject) => {
    const goTo = async (url: URL) => {
      const callback = await answer(person, url, 'allow')
      resolve(Date.now())
      return callback
    }
    const beforeMcp = new Promise<void>(() => {})
    connectAs(hostedClaude, `${origin}/mcp`, goTo, 0, { beforeMcp }).catch(reject)
  })
}

/** Starts a server, floods it, and returns what users and clients experienced. */
export async function watchFlood(watching: Watching): Promise<Witnessed> {
  const channels = await openAlertChannels()
  const env = {
    ...channels.env,
    PORTICO_PROXY_HOPS: String(watching.hops ?? 1),
    PORTICO_EVENT_MEGABYTES: String(boundsOfFlood.log),
  }
  const portico = await launch({ env, isOptimised: true })
  const { origin } = portico
  const sentAlerts = () => channels.receiver.posted.map(({ body }) => JSON.parse(body) as Alert)
  const isTheStall = ({ type, handshake }: Alert) =>
    type === 'handshake.stalled' && handshake?.surface === 'claude-hosted'
  try {
    const person = await signIn(origin)
    const client = await connect(origin, { operator: person })
    await callTool(origin, client.tokens.access_token)
    // Next loads a page when it is first opened, and never unloads it
    await flood(origin, { requests: 500, seconds: 60 }, { seed: 99 })
    await sleep(settleMs / 2)
    const before = { memory: resident(portico.pid), database: await databaseMebibytes(portico) }
    let most = before.memory
    const stopLooking = repeat(500, async () => {
      most = Math.max(most, resident(portico.pid))
    })
    const calling = keepCalling(origin, client.tokens.access_token)
    const known = await signIn(origin)
    const signing = keepSigningIn(known)
    const { requests, seconds, atOnce, seed } = watching
    const flooding = flood(origin, { requests, seconds }, { atOnce, seed })
    // after the limits have been used up
    await sleep(5000)
    const answeredAt = await stall(origin, person)
    let toldAfterMs: number | null = null
    while (toldAfterMs === null && Date.now() - answeredAt < alertTimeoutMs) {
      if (sentAlerts().some(isTheStall)) toldAfterMs = Date.now() - answeredAt
      await sleep(100)
    }
    const flooded = await flooding
    await Promise.all([calling.stop(), signing.stop(), stopLooking()])
    await sleep(settleMs)
    return {
      flooded,
      calls: calling.calls,
      signIns: signing.signIns,
      toldAfterMs,
      otherAlerts: sentAlerts()
        .filter((one) => !isTheStall(one))
        .map(({ text }) => text),
      memory: { before: before.memory, after: resident(portico.pid), most },
      database: { before: before.database, after: await databaseMebibytes(portico) },
    }
  } finally {
    await portico.stop()
    await channels.close()
  }
}

/** Answers that no input may get: server errors, or none at all. */
export const faultsOf = ({ flooded }: Witnessed): number =>
  countAnswers(flooded, (status) => status === 0 || status >= 500)
