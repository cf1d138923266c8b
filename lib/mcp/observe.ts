import 'server-only'
import { flushEvents } from '@/lib/events/recorder'
import { redirectHost } from '@/lib/oauth/redirect-uri'
import { eventsOfAttempt, refusalsOf } from '@/lib/store/attempt-events'
import { type Attempt, type AttemptFilter, findAttempt, listAttempts } from '@/lib/store/attempts'
import type { StoredEvent } from '@/lib/store/events'
import { userEmails } from '@/lib/store/users'
import { type AttemptVerdict, verdictOf } from './attempt-verdict'

/** A refusal or fault, and why. */
export type Refusal = {
  readonly event: string
  readonly at: Date
  readonly status: number | null
  readonly reason: string | null
}

/** An attempt to connect as an operator is told of it. */
export type ObservedHandshake = Pick<
  Attempt,
  'id' | 'clientId' | 'clientName' | 'createdAt' | 'decidedAt' | 'tokenIssuedAt' | 'firstUsedAt'
> &
  AttemptVerdict & {
    readonly identification: 'dynamic' | 'metadata-document' | 'pre-registered'
    /** e-mail address of whoever decided */
    readonly person: string | null
    /** host (and port) the answer goes to, or the scheme of a private-use URI */
    readonly redirectHost: string
    readonly connectionId: string | null
    readonly connectionState: Attempt['grantStatus']
    /** the last thing that was refused before it was connected */
    readonly refusal: Refusal | null
  }

const identifications = {
  dynamic: 'dynamic',
  metadata_document: 'metadata-document',
  registered: 'pre-registered',
} as const

const reasonMembers = ['reason', 'description', 'error', 'message', 'hint'] as const

/** Why, in the words of the event; `null` where it says nothing. */
export function reasonOf({ detail }: Pick<StoredEvent, 'detail'>): string | null {
  const reason = reasonMembers.map((member) => detail[member]).find((text) => text !== undefined)
  return typeof reason === 'string' ? reason : null
}

const toRefusal = (event: StoredEvent): Refusal => ({
  event: event.name,
  at: event.at,
  status: event.status,
  reason: reasonOf(event),
})

function toObserved(
  attempt: Attempt,
  refusals: readonly StoredEvent[],
  emails: ReadonlyMap<string, string>,
  now: Date,
): ObservedHandshake {
  const last = refusals.at(-1)
  const denier = refusals.find(({ name }) => name === 'consent.denied')?.userId
  return {
    ...attempt,
    ...verdictOf(attempt, refusals, now),
    identification: identifications[attempt.clientKind],
    person: attempt.person ?? emails.get(denier ?? '') ?? null,
    redirectHost: redirectHost(attempt.redirectUri),
    connectionId: attempt.grantId,
    connectionState: attempt.grantStatus,
    refusal: last ? toRefusal(last) : null,
  }
}

async function observed(attempts: readonly Attempt[], now: Date): Promise<ObservedHandshake[]> {
  // what a connection was refused after it was made is no matter of its handshake
  const refusals = await refusalsOf(attempts.filter(({ firstUsedAt }) => !firstUsedAt))
  const ids = new Set(refusals.flatMap(({ userId }) => (userId ? [userId] : [])))
  const emails = await userEmails([...ids])
  return attempts.map((attempt) => {
    const { id, grantId, firstUsedAt } = attempt
    const own = refusals.filter(
      (event) => event.interactionId === id || (grantId !== null && event.grantId === grantId),
    )
    return toObserved(attempt, firstUsedAt ? [] : own, emails, now)
  })
}

/** A page of attempts, newest first. @param cursor id of the attempt to start after */
export async function listHandshakes(
  filter: AttemptFilter,
  limit: number,
  cursor?: string,
): Promise<ObservedHandshake[]> {
  await flushEvents()
  return observed(await listAttempts(filter, limit, cursor), new Date())
}

/**
 * One attempt, by its id or that of its connection, and a page of its events, oldest first; `null`
 * when there is none.
 *
 * @param after only events with a larger id
 */
export async function readHandshake(
  id: string,
  limit: number,
  after?: bigint,
): Promise<{ handshake: ObservedHandshake; events: StoredEvent[] } | null> {
  await flushEvents()
  const attempt = await findAttempt(id)
  if (!attempt) return null
  const [handshake] = await observed([attempt], new Date())
  return handshake ? { handshake, events: await eventsOfAttempt(attempt, limit, after) } : null
}
