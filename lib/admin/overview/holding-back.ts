import 'server-only'
import type { Person } from '@/lib/auth/session'
import { readHeldBack } from '@/lib/store/events/held-back'
import type { HoldingBack } from './views'

/** What Portico currently limits because strangers cause too much of it; usually empty. */
export async function readHoldingBack(_: Person): Promise<readonly HoldingBack[]> {
  return readHeldBack()
}
