import 'server-only'
import type { Person } from '@/lib/auth/session'
import { readHeldBack } from '@/lib/store/events/held-back'
import type { HoldingBack } from './views'

/** What Portico keeps small at present because strangers make too much of it; empty on a calm day. */
export async function readHoldingBack(_: Person): Promise<readonly HoldingBack[]> {
  return readHeldBack()
}
