import 'server-only'
import { query } from '@/lib/auth/declared'
import { joinNow } from '@/lib/recorder/joiner'
import { handshakesOfEvents } from '@/lib/store/handshakes/counts'

/** The handshake that an event is part of, or `null`. @param eventId a decimal string */
export const handshakeOfEvent = query(
  { role: 'viewer', path: (eventId: string) => `/admin/handshakes/of/${eventId}` },
  async (_, eventId): Promise<string | null> => {
    if (!/^\d{1,18}$/.test(eventId)) return null
    await joinNow()
    return (await handshakesOfEvents([BigInt(eventId)])).get(eventId) ?? null
  },
)
