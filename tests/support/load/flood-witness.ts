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

/** What people and clients met while a flood went on. */
export type Witnessed = {
  readonly flooded: Flooded
  readonly calls: { readonly answered: number; readonly failed: number; readonly slowestMs: number }
  readonly signIns: { readonly accepted: number; readonly refused: number }
  /** from the person's answer, after which the client is silent, to the alert; `null` where none came */
  readonly toldAfterMs: number | null
  /** alerts besides that of the stall */
  readonly otherAlerts: readonly string[]
  /** MiB that the process held before it and after */
  readonly memory: { readonly before: number; readonly after: number; readonly most: number }
  /** MiB of database */
  readonly database: { readonly before: number; readonly after: number }
}

/** How a flood is watched. */
export type Watching = {
  readonly requests: number
  readonly seconds: number
  readonly atOnce?: number
  readonly seed?: number
  /** proxies that the server counts; with none all that is sent comes from one address */
  readonly hops?: 0 | 1
}

/** What a flood may cost, in MiB, whatever it sends (docs/threat-model.md). */
export const boundsOfFlood = {
  /** more than before it */
  memory: 150,
  /** more than before it: of the log, as it is set for the server … */
  log: 64,
  /** … and of clients, authorization requests and PostgreSQL's own log, which have theirs */
  others: 40,
} as const

/** Does something again and again until it is told to stop. */
function again(everyMs: number, work: () => Promise<void>): () => Promise<void> {
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

/** A connected client that goes on calling. */
function keepCalling(origin: string, token: string) {
  const calls = { answered: 0, failed: 0, slowestMs: 0 }
  const stop = again(200, async () => {
    const since = Date.now()
    const { status } = await callTool(origin, token).catch(() => ({ status: 0 }))
    calls.slowestMs = Math.max(calls.slowestMs, Date.now() - since)
    if (status === 200) calls.answered += 1
    else calls.failed += 1
  })
  return { calls, stop }
}

/** A person who signs in where they have signed in before. */
function keepSigningIn(browser: Operator) {
  const signIns = { accepted: 0, refused: 0 }
  const stop = again(3000, async () => {
    for (const name of browser.cookies.keys()) {
      if (name.endsWith('next-auth.session-token')) browser.cookies.delete(name)
    }
    const response = await signInWith(browser, admin).catch(() => null)
    if (response?.ok && sessionCookie(browser)) signIns.accepted += 1
    else signIns.refused += 1
  })
  return { signIns, stop }
}

/** How long an alert may take: a token's silence is judged after 15 s (design §7). */
const alertPatienceMs = 60_000
/** What is done later, such as writing down and deleting, is done by then. */
const settleMs = 10_000

type Told = {
  readonly type: string
  readonly text: string
  readonly handshake?: { surface?: string }
}

/** Has hosted Claude connect with a person's consent and fall silent after its token. @returns when the person answered */
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

/** Starts a server, floods it, and says what people and clients met meanwhile. */
export async function watchFlood(watching: Watching): Promise<Witnessed> {
  const channels = await openAlertChannels()
  const env = {
    ...channels.env,
    PORTICO_PROXY_HOPS: String(watching.hops ?? 1),
    PORTICO_EVENT_MEGABYTES: String(boundsOfFlood.log),
  }
  const portico = await launch({ env, isOptimised: true })
  const { origin } = portico
  const told = () => channels.receiver.posted.map(({ body }) => JSON.parse(body) as Told)
  const isTheStall = ({ type, handshake }: Told) =>
    type === 'handshake.stalled' && handshake?.surface === 'claude-hosted'
  try {
    const person = await signIn(origin)
    const client = await connect(origin, { operator: person })
    await callTool(origin, client.tokens.access_token)
    // pages are loaded when they are first opened, and never let go of again
    await flood(origin, { requests: 500, seconds: 60 }, { seed: 99 })
    await sleep(settleMs / 2)
    const before = { memory: resident(portico.pid), database: await databaseMebibytes(portico) }
    let most = before.memory
    const stopLooking = again(500, async () => {
      most = Math.max(most, resident(portico.pid))
    })
    const calling = keepCalling(origin, client.tokens.access_token)
    const known = await signIn(origin)
    const signing = keepSigningIn(known)
    const { requests, seconds, atOnce, seed } = watching
    const flooding = flood(origin, { requests, seconds }, { atOnce, seed })
    // when what a flood can use up has been used up
    await sleep(5000)
    const answeredAt = await stall(origin, person)
    let toldAfterMs: number | null = null
    while (toldAfterMs === null && Date.now() - answeredAt < alertPatienceMs) {
      if (told().some(isTheStall)) toldAfterMs = Date.now() - answeredAt
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
      otherAlerts: told()
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

/** Answers that no input may get: a fault of the server, or none at all. */
export const faultsOf = ({ flooded }: Witnessed): number =>
  countAnswers(flooded, (status) => status === 0 || status >= 500)
