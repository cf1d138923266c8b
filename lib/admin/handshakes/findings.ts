import 'server-only'
import type { FindingRow } from '@/lib/admin/views'
import type { Caller } from '@/lib/auth/declared'
import { rules } from '@/lib/diagnosis/rule-list'
import { judge } from '@/lib/doctor/findings'
import type { Handshake } from '@/lib/handshake/handshake'

/**
 * The findings of a handshake, likeliest first.
 *
 * @param now milliseconds since the epoch
 */
export async function findingsOf(
  _: Caller,
  handshake: Handshake,
  now: number,
): Promise<FindingRow[]> {
  const { findings } = await judge(handshake, now)
  return findings.map(({ rule, ...finding }) => ({
    ...finding,
    id: rule,
    sources: rules.find(({ id }) => id === rule)?.sources ?? [],
  }))
}
