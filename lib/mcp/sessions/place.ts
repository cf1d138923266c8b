import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import type { StoredSession } from '@/lib/store/mcp/sessions'
import {
  findPostStream,
  type PostStream,
  standaloneEnd,
  standaloneStream,
} from '@/lib/store/mcp/streams'
import { type EventPlace, readEventId } from './event-ids'
import { longestSilenceMs } from './follow'
import { settleStreamEvents } from './stream-store'

/** Waits between lookups of a stream whose event another instance may be writing, in ms. */
const retryDelaysMs = [50, 200, 750]

/**
 * The stream of a POST, once it is stored as far as the client has read it. Events are sent before
 * they are stored, so the client may be faster than the row.
 */
async function writtenStream(session: StoredSession, { streamId, position }: EventPlace) {
  const find = () => findPostStream(session.id, streamId, longestSilenceMs)
  const isThere = (found: PostStream | null) =>
    found !== null && (found.end !== null || found.newest >= position)
  const waits = [settleStreamEvents, ...retryDelaysMs.map((ms) => () => sleep(ms))]
  let stream = await find()
  for (const wait of waits) {
    if (isThere(stream)) break
    await wait()
    stream = await find()
  }
  return stream
}

/** Where to resume the stream of a POST, if anything is to come. */
async function placeInPost(session: StoredSession, place: EventPlace) {
  const stream = await writtenStream(session, place)
  if (!stream) return 'unknown'
  const { end, isAbandoned } = stream
  return (end === null ? isAbandoned : place.position >= end) ? 'finished' : place
}

/**
 * Where to start: at the end of the standalone stream, or where a broken stream stopped.
 *
 * @returns `finished` when everything was read, `unknown` when the stream is not stored
 */
export async function placeOf(
  session: StoredSession,
  lastEventId: string | null,
): Promise<EventPlace | 'unknown' | 'finished'> {
  if (lastEventId === null) {
    return { streamId: standaloneStream, position: await standaloneEnd(session.id) }
  }
  const place = readEventId(lastEventId)
  if (!place) return 'unknown'
  return place.streamId === standaloneStream ? place : placeInPost(session, place)
}
