import 'server-only'
import { processWide } from '@/lib/process-wide'
import { logFailure, unlessAway } from '@/lib/store/database/availability'
import { isListening, subscribeToChannel } from '@/lib/store/database/notifications'
import {
  broadcastAfter,
  type CarriedMessage,
  newestBroadcast,
  takeMessages,
} from '@/lib/store/mcp/carried'
import { findSessionById } from '@/lib/store/mcp/sessions'
import { instanceId } from './instance'
import { dropEnded, evict, isBusy, live } from './live'
import { openStreams } from './open-streams'
import { addressed } from './request-ids'

const inbox = processWide('mcp-inbox', () => ({
  cursor: null as bigint | null,
  isStarted: false,
  turn: Promise.resolve(),
}))

const pollMs = 500
const evictEveryMs = 30_000

/** Passes a message to the SDK as if this instance had received it. */
function deliver({ sessionId, message }: CarriedMessage): void {
  const session = live.byId.get(sessionId)
  session?.transport.onmessage?.(addressed(JSON.parse(message)).message as never, {})
}

async function read(): Promise<void> {
  for (const message of await takeMessages(instanceId)) deliver(message)
  if (inbox.cursor === null) return
  for (const message of await broadcastAfter(inbox.cursor)) {
    inbox.cursor = message.id
    deliver(message)
  }
}

/** Reads one at a time, to keep the order of messages. */
function readSoon(): void {
  inbox.turn = inbox.turn.then(read).catch((error) => logFailure('mcp messages', error))
}

/** Ends everything open here for a session that has ended. */
export function endHere(sessionId: string): void {
  dropEnded(sessionId)
  for (const { controller } of openStreams(sessionId)) controller.abort('the session ended')
}

/** After lost notifications, looks up every session. */
async function recheckAll(): Promise<void> {
  const ids = new Set([
    ...live.byId.keys(),
    ...openStreams().flatMap((open) => open.sessionId ?? []),
  ])
  for (const id of ids) {
    const row = await findSessionById(id)
    if (!row || row.endedAt) endHere(id)
  }
}

/**
 * The latest reader of a stream takes it over, so that each message is sent once. The order of the
 * notifications, the same on every instance, decides; a reader still waiting for its own is later.
 */
function replaceReaders(sessionId: string, streamId?: string, nonce?: string): void {
  for (const open of openStreams(sessionId)) {
    if (open.streamId !== streamId) continue
    if (open.nonce === nonce) open.isAnnounced = true
    else if (open.isAnnounced) open.controller.abort('another reader took its place')
  }
}

function onNotification(payload: string): void {
  const [topic, id = '', streamId, nonce] = payload.split(':')
  if (topic === 'message') readSoon()
  else if (topic === 'ended') endHere(id)
  else if (topic === 'stream') replaceReaders(id, streamId, nonce)
  else if (payload === '') {
    // notifications were lost, perhaps also those of our own streams
    for (const open of openStreams()) open.isAnnounced = true
    readSoon()
    recheckAll().catch((error) => logFailure('mcp sessions', error))
  }
}

/**
 * Whether anything here waits for messages from other instances. An idle function must not poll: it
 * may be frozen at any moment, also during a query.
 */
const isAnythingOpen = (): boolean =>
  [...live.byId.values()].some(isBusy) || openStreams().length > 0

function start(): void {
  inbox.isStarted = true
  subscribeToChannel('portico_sessions', onNotification)
  setInterval(() => evict(Date.now()), evictEveryMs).unref()
  setInterval(() => {
    if (!isListening() && isAnythingOpen()) readSoon()
  }, pollMs).unref()
}

/**
 * Subscribes to messages and notifications for sessions on this instance, once per process. While the
 * database is away the start position is unknown; the next request tries again.
 */
export async function subscribeSessions(): Promise<void> {
  if (!inbox.isStarted) start()
  if (inbox.cursor !== null) return
  const newest = await unlessAway(newestBroadcast, null)
  inbox.cursor ??= newest
}
