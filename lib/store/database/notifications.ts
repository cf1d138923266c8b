import 'server-only'
import type pg from 'pg'
import { env } from '@/lib/config/env'
import { processWide } from '@/lib/process-wide'
import { stateOf } from '@/lib/runtime/database-errors'
import { SessionClient } from '@/lib/store/mcp/session-client'
import { isAway, onOutage, onRecovery, suspectOutage } from './availability'
import { database } from './database'
import { keptAlive } from './pool'

/** The channels that wake other instances. A notification only wakes; the row is the truth. */
const channels = [
  'portico_events',
  'portico_grants',
  'portico_handshakes',
  'portico_keys',
  'portico_lists',
  'portico_people',
  'portico_sessions',
  'portico_settings',
  'portico_streams',
] as const

type Channel = (typeof channels)[number]

/** Payload on `portico_events` when only successful tool calls were written. */
export const callsOnly = 'calls'

type Listener = (payload: string) => void

const hub = processWide('notifications', () => ({
  subscribers: new Map(channels.map((channel) => [channel, new Set<Listener>()])),
  /** false while notifications do not arrive; callers poll then */
  listening: false,
  starting: null as Promise<void> | null,
  stop: null as (() => Promise<void>) | null,
  /** drops a connection whose other end is gone */
  drop: () => {},
  isWatching: false,
}))

const reconnectAfterMs = 500
const connectMs = 5000
const selfTestMs = 3000

const dispatch = (channel: string, payload: string): void => {
  for (const listener of hub.subscribers.get(channel as Channel) ?? []) listener(payload)
}

async function listenEmbedded(): Promise<void> {
  const { embedded } = await database()
  if (!embedded) return
  const unlisten = await Promise.all(
    [...hub.subscribers.keys()].map((channel) =>
      embedded.listen(channel, (payload) => dispatch(channel, payload)),
    ),
  )
  hub.listening = true
  hub.stop = async () => {
    await Promise.all(unlisten.map((stop) => stop()))
  }
}

/** Whether notifications arrive: behind a transaction pooler LISTEN succeeds and none ever does. */
async function receivesOwn(client: pg.Client): Promise<boolean> {
  const { pool } = await database()
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), selfTestMs)
    client.once('notification', () => {
      clearTimeout(timer)
      resolve(true)
    })
    pool.query(`select pg_notify('portico_events', '')`).catch(() => undefined)
  })
}

async function listenPostgres(connectionString: string): Promise<void> {
  const client = new SessionClient({
    connectionString,
    connectionTimeoutMillis: connectMs,
    ...keptAlive,
  })
  let isLost = false
  const lost = (error?: unknown) => {
    if (isLost) return
    isLost = true
    // the database may be set to end idle connections
    if (stateOf(error) !== '57P05') suspectOutage(error)
    hub.listening = false
    hub.starting = null
    hub.stop = null
    client.removeAllListeners('end')
    client.end().catch(() => undefined)
    // subscribers may have missed something: they read the rows again
    for (const channel of hub.subscribers.keys()) dispatch(channel, '')
    // during an outage, the availability watch says when the database is back
    if (!isAway()) setTimeout(() => startListening(), reconnectAfterMs).unref()
  }
  hub.drop = () => lost()
  client.on('error', lost)
  client.on('notification', (message) => dispatch(message.channel, message.payload ?? ''))
  try {
    await client.connect()
    for (const channel of hub.subscribers.keys()) await client.query(`listen ${channel}`)
  } catch (error) {
    return lost(error)
  }
  client.on('end', () => lost())
  hub.listening = await receivesOwn(client)
  hub.stop = async () => {
    client.removeAllListeners('end')
    await client.end()
  }
  for (const channel of hub.subscribers.keys()) dispatch(channel, '')
}

/** Listens again as soon as the database is back. */
function watch(): void {
  if (hub.isWatching) return
  hub.isWatching = true
  onOutage(() => hub.drop())
  onRecovery(() => {
    void startListening()
    return 0
  })
}

/** Starts listening, once per process; where LISTEN does not work it retries, and callers poll. */
export function startListening(): Promise<void> {
  const { databaseUrl, directUrl } = env()
  if (databaseUrl) watch()
  // a pooler in transaction mode passes no notifications on
  hub.starting ??= databaseUrl ? listenPostgres(directUrl ?? databaseUrl) : listenEmbedded()
  return hub.starting
}

/** Calls `listener` for each notification on `channel`; an empty payload means "reload everything". */
export function subscribeToChannel(channel: Channel, listener: Listener): () => void {
  const subscribers = hub.subscribers.get(channel)
  subscribers?.add(listener)
  return () => void subscribers?.delete(listener)
}

/** Notifies every instance, this one too. */
export async function notify(channel: Channel, payload: string): Promise<void> {
  await (await database()).pool.query('select pg_notify($1, $2)', [channel, payload])
}

/** Whether notifications arrive at present. */
export const isListening = (): boolean => hub.listening

/** Stops listening. */
export async function stopListening(): Promise<void> {
  await hub.stop?.().catch(() => undefined)
  hub.stop = null
  hub.listening = false
}
