import 'server-only'
import { judge } from '@/lib/doctor/findings'
import { joinNow } from '@/lib/recorder/joiner'
import {
  findHandshake,
  type HandshakeFilter,
  handshakeOfGrant,
  type ListedHandshake,
  listStoredHandshakes,
} from '@/lib/store/handshakes/handshakes'
import { userEmails } from '@/lib/store/people/users'

/** An attempt to connect, as operators see it. */
export type ObservedHandshake = ListedHandshake & {
  /** e-mail address of the person who decided, or who signed in for it */
  readonly person: string | null
}

async function withPeople(listed: readonly ListedHandshake[]): Promise<ObservedHandshake[]> {
  const ids = new Set(listed.flatMap(({ userId }) => userId ?? []))
  const emails = await userEmails([...ids])
  return listed.map((row) => ({ ...row, person: emails.get(row.userId ?? '') ?? null }))
}

/** A page of attempts, newest first. @param cursor id of the attempt to start after */
export async function observeHandshakes(
  filter: HandshakeFilter,
  limit: number,
  cursor?: string,
): Promise<ObservedHandshake[]> {
  await joinNow()
  return withPeople(await listStoredHandshakes(filter, limit, cursor))
}

/** Finds an attempt with everything known about it, by its id or its connection's id, or `null`. */
export async function readHandshake(id: string) {
  await joinNow()
  const now = Date.now()
  const handshakeId = id.startsWith('hs_') ? id : await handshakeOfGrant(id)
  const found = handshakeId === null ? null : await findHandshake(handshakeId, now)
  if (!found) return null
  const [listed] = await withPeople([found.listed])
  const { findings } = await judge(found.handshake, now)
  return listed ? { listed, handshake: found.handshake, findings } : null
}
