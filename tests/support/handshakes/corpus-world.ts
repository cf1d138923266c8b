import { setTimeout as sleep } from 'node:timers/promises'
import type { EventRow } from '@/lib/admin/views'
import type { Facts, Probe, ProbeAnswer } from '@/lib/diagnosis/facts'
import { probeSelf } from '@/lib/doctor/self-probe'
import { selfCheckAgent } from '@/lib/events/agent'
import type { HandshakeEvent } from '@/lib/handshake/handshake'
import { type FaultyProxy, startFaultyProxy } from '../network/faulty-proxy'
import { type DocumentServer, serveDocuments, trusting } from '../oauth/document-server'
import { newBrowser, type Operator, signIn } from '../people/operator'
import { readLog } from '../people/operator-log'
import { launch, type Portico } from '../server/portico-process'
import { type ServerClock, serverClock } from '../server/server-clock'

/** The recorded server's host name; on this machine it resolves to loopback. */
export const publicOrigin = 'https://portico.example.com'
/** The machine of local clients and their browser. */
export const homeAddress = '203.0.113.7'
/** The public address of its host name. */
const publicAddress = '93.184.216.34'

/** A server with a movable clock behind a proxy that can have faults. */
export type World = {
  readonly proxy: FaultyProxy
  readonly documents: DocumentServer
  readonly origin: string
  readonly mcpUrl: string
  /** the browser of a signed-in admin */
  readonly admin: Operator
  /** … on the machine of local clients */
  readonly home: Operator
  /** the server's time, in milliseconds since the epoch */
  now(): number
  startedAt(): number
  /** advances the server's clock */
  later(ms: number): Promise<void>
  /** restarts the server on the same data, or on an empty database */
  restart(env?: Readonly<Record<string, string>>, keepsData?: boolean): Promise<void>
  /** runs the self-check through the proxy */
  look(): Promise<Probe>
  /** events recorded since a time, oldest first, with the public name */
  events(since: number, until: number): Promise<HandshakeEvent[]>
  close(): Promise<void>
}

/** Response headers that vary between runs. */
const volatileHeaders = /^(date|connection|keep-alive|etag|content-length|x-request-id)$/

const stable = (answer: ProbeAnswer): ProbeAnswer => ({
  ...answer,
  // the keys of this run are not recorded
  body: answer.target === 'jwks' ? answer.body.replace(/\[.*\]/s, '[]') : answer.body,
  durationMs: Math.min(answer.durationMs, 9),
  headers: Object.fromEntries(
    Object.entries(answer.headers).filter(([name]) => !volatileHeaders.test(name)),
  ),
})

/** Replaces this machine's names with public ones. */
function renamed<Value>(value: Value, origin: string, documents: string): Value {
  const { host, port } = new URL(origin)
  const text = JSON.stringify(value)
    .replaceAll(origin, publicOrigin)
    .replaceAll(`http://127.0.0.1:${port}`, 'https://www.portico.example.com')
    .replaceAll(host, new URL(publicOrigin).host)
    .replaceAll(documents, 'https://client.example.net')
    .replaceAll(new URL(documents).host, 'client.example.net')
  return JSON.parse(text) as Value
}

function eventOf({ clientName: _, ...row }: EventRow): HandshakeEvent {
  return { ...row, at: Date.parse(row.at) }
}

/** Requests of the recorder, the dashboard and the server belong to no handshake. */
const isOwn = ({ agent, name, path: at }: HandshakeEvent): boolean =>
  agent === selfCheckAgent ||
  agent === 'Node.js' ||
  name.startsWith('server.') ||
  /^\/admin/.test(at ?? '')

function settings(proxy: FaultyProxy, documents: DocumentServer, clock: ServerClock) {
  const trust = trusting(documents)
  return {
    ...trust,
    ...clock.env,
    PORTICO_URL: proxy.origin,
    PORTICO_PROXY_HOPS: '1',
    NODE_OPTIONS: `${trust.NODE_OPTIONS} ${clock.env.NODE_OPTIONS}`,
  }
}

/** Starts a server to record. */
export async function startWorld(): Promise<World> {
  const [proxy, documents] = [await startFaultyProxy(), await serveDocuments()]
  const clock = serverClock()
  const { now } = clock
  const env = settings(proxy, documents, clock)
  let portico: Portico = await launch({ env })
  let startedAt = now()
  proxy.target = portico.origin
  const admin = await signIn(proxy.origin)
  const home = await signIn(proxy.origin, undefined, newBrowser(proxy.origin, homeAddress))
  return {
    proxy,
    documents,
    origin: proxy.origin,
    mcpUrl: `${proxy.origin}/mcp`,
    admin,
    home,
    now,
    startedAt: () => startedAt,
    later: async (ms) => {
      clock.later(ms)
      await sleep(300)
    },
    restart: async (changes = {}, keepsData = true) => {
      await portico.stop()
      const data = keepsData ? { dataDir: portico.dataDir } : {}
      portico = await launch({ env: { ...env, ...changes }, ...data })
      startedAt = now()
      proxy.target = portico.origin
    },
    look: async () => {
      const probe = await probeSelf(proxy.origin, `${proxy.origin}/mcp`, Date.now())
      const seen = { ...probe, addresses: [publicAddress], answers: probe.answers.map(stable) }
      return { ...renamed(seen, proxy.origin, documents.origin), at: now() }
    },
    events: async (since, until) => {
      await sleep(400)
      const reader = await signIn(proxy.origin)
      const rows = (await readLog(reader)).map(eventOf)
      const mine = rows.filter((event) => event.at >= since && event.at <= until && !isOwn(event))
      return renamed(mine, proxy.origin, documents.origin)
    },
    close: async () => {
      await portico.stop()
      await Promise.all([proxy.close(), documents.close()])
      clock.remove()
    },
  }
}

/** When Claude-User called this server, as lib/store/events/sightings.ts finds it. */
const sightings = (log: readonly HandshakeEvent[]): number[] =>
  log.flatMap(({ agent, at }) => (agent === 'Claude (hosted)' ? [at] : []))

/**
 * The facts about the server besides a stream's events.
 *
 * @param log everything recorded so far
 * @param from start of the stream, in milliseconds since the epoch
 */
export function factsAt(
  log: readonly HandshakeEvent[],
  from: number,
  startedAt: number,
  probe: Probe | null,
): Facts {
  const seen = sightings(log)
  const own = log.filter(({ at }) => at >= from)
  return {
    origin: publicOrigin,
    mcpUrl: `${publicOrigin}/mcp`,
    probe,
    claudeUserSeen: seen.length > 0,
    claudeUserLastSeenAt: seen.findLast((at) => at < from) ?? null,
    edgeMarks: [...new Set(own.flatMap(({ edge }) => Object.keys(edge ?? {})))].sort(),
    failingAlike: 0,
    clockSkewMs: 0,
    clocksApart: [],
    startedAt,
    settings: {
      proxyHops: 1,
      accessTokenSeconds: 3600,
      databaseKind: process.env.TEST_DATABASE_URL ? 'postgresql' : 'embedded',
    },
  }
}
