import 'server-only'
import type { Person } from '@/lib/auth/session'
import { lastSelfCheck } from '@/lib/doctor/self-check'
import { droppedEvents } from '@/lib/recorder/writer'
import {
  countFailedAlerts,
  countRefusedRefreshes,
  countTroubled,
} from '@/lib/store/handshakes/counts'
import { listSigningKeys } from '@/lib/store/tokens/signing-keys'

const dayMs = 86_400_000
/** An older signing key should be replaced; nothing breaks otherwise. */
const rotateAfterDays = 90

async function countFindings(): Promise<number> {
  const findings = (await lastSelfCheck())?.findings ?? []
  return findings.filter(({ confidence }) => confidence !== 'possible').length
}

/** The age of the signing key in days if it is due for rotation, else 0. */
async function keyAge(now: number): Promise<number> {
  const signing = (await listSigningKeys()).find(({ retiredAt }) => retiredAt === null)
  const days = signing ? Math.floor((now - signing.createdAt.getTime()) / dayMs) : 0
  return days >= rotateAfterDays ? days : 0
}

/**
 * What an operator should look into, most urgent first; empty when there is nothing. The amount of
 * `key-age` is in days.
 *
 * @param unused how many connections have a token that was never used
 */
export async function readAttention(_: Person, unused: number) {
  const now = Date.now()
  const since = new Date(now - dayMs)
  const [findings, troubled, refreshes, alerts, days] = await Promise.all([
    countFindings(),
    countTroubled(since),
    countRefusedRefreshes(since),
    countFailedAlerts(since),
    keyAge(now),
  ])
  const all = [
    { kind: 'self-check', amount: findings },
    { kind: 'failed', amount: troubled.failed },
    { kind: 'stalled', amount: troubled.stalled },
    { kind: 'unused', amount: unused },
    { kind: 'refreshes', amount: refreshes },
    { kind: 'alerts', amount: alerts },
    { kind: 'dropped', amount: droppedEvents() },
    { kind: 'key-age', amount: days },
    { kind: 'unattended', amount: troubled.unattended },
  ] as const
  return all.filter(({ amount }) => amount > 0)
}

/** Something that an operator should look into. */
export type Attention = Awaited<ReturnType<typeof readAttention>>[number]
