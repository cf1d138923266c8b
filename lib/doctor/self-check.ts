import 'server-only'
import { diagnose } from '@/lib/diagnosis/diagnose'
import type { Probe } from '@/lib/diagnosis/facts'
import type { Finding } from '@/lib/diagnosis/finding'
import { gatherFacts, newestProbe, probeNow } from '@/lib/doctor/facts'
import { record } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import { stopping } from '@/lib/runtime/stopping'

/** This server as seen from outside, and the findings. */
export type SelfCheck = { readonly probe: Probe; readonly findings: readonly Finding[] }

const judged = async (probe: Probe): Promise<SelfCheck> => ({
  probe,
  findings: diagnose(null, await gatherFacts(null), Date.now()),
})

/** The newest check, or `null`. */
export async function lastSelfCheck(): Promise<SelfCheck | null> {
  const probe = await newestProbe()
  return probe && judged(probe)
}

/**
 * Fetches everything this server serves through its public address and judges it by the same rules
 * as a handshake.
 *
 * @param exchange of the recorded event
 */
export async function checkSelf(exchange: Exchange): Promise<SelfCheck> {
  const check = await judged(await probeNow())
  const { probe, findings } = check
  const isSound = findings.every(({ confidence }) => confidence === 'possible')
  if (!stopping.aborted) {
    record(
      exchange,
      'server.checked',
      undefined,
      {
        asked: probe.answers.length,
        answered: probe.answers.filter(({ status }) => status !== null).length,
        findings: findings.map((finding) => finding.rule),
      },
      isSound ? 'ok' : 'failed',
    )
  }
  return check
}
