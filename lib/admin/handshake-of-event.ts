import 'server-only'
import { requireOperator } from '@/lib/auth/session'
import { joinNow } from '@/lib/events/joiner'
import { handshakesOfEvents } from '@/lib/store/handshake-counts'

/** The handshake that an event is part of, or `null`. @param eventId a decimal string */
export async function handshakeOfEvent(eventId: string): Promise<string | null> {
  await requireOperator('viewer', `/admin/handshakes/of/${eventId}`)
  if (!/^\d{1,18}$/.test(eventId)) return null
  await joinNow()
  return (await handshakesOfEvents([BigInt(eventId)])).get(eventId) ?? null
}
