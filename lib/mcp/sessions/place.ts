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

/** How long a stream is looked for whose event another instance may be writing, in ms. */
const lookedForMs = [50, 200, 750]

/**
 * The stream of a POST, once it is written as far as the client has read it: that waits for no write,
 * so it may be quicker than the row.
 */
async function writtenStream(session: StoredSession, { streamId, position }: EventPlace) {
  const find = () => findPostStream(session.id, streamId, longestSilenceMs)
  const isThere = (found: PostStream | null) =>
    found !== null && (found.end !== null || found.newest >= position)
  const waits = [settleStreamEvents, ...lookedForMs.map((ms) => () => sleep(ms))]
  let stream = await find()
  for (const wait of waits) {
    if (isThere(stream)) break
    await wait()
    stream = await find()
  }
  return stream
}

/** Where the stream of a POST is to be gone on with, if there is anything to come. */
async function placeInPost(session: StoredSession, place: EventPlace) {
  const stream = await writtenStream(session, place)
  if (!stream) return 'unknown'
  const { end, isForsaken } = stream
  return (end === null ? isForsaken : place.position >= end) ? 'finished' : place
}

/**
 * Where to begin: at the end of the standalone stream, or where a broken stream was left.
 *
 * @returns `finished` where nothing is left of it, `unknown` where nothing is kept of it
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
