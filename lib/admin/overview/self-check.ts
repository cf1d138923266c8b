import 'server-only'
import { toFindingRow } from '@/lib/admin/finding-row'
import { done, refused } from '@/lib/admin/outcome'
import { command, query } from '@/lib/auth/declared'
import { personExchange } from '@/lib/auth/exchange'
import { env } from '@/lib/config/env'
import type { ProbeAnswer } from '@/lib/diagnosis/facts'
import { isOwnChallenge, probeJson, sawToken } from '@/lib/diagnosis/probe'
import { checkSelf, lastSelfCheck } from '@/lib/doctor/self-check'

const path = '/admin/self-check'

/** Each target expects something else: a challenge, a challenge for an invalid token, or a document. */
function isRight(answer: ProbeAnswer): boolean {
  if (answer.target === 'bearer-echo') return isOwnChallenge(answer) && sawToken(answer)
  if (/^(challenge|trailing)/.test(answer.target)) return isOwnChallenge(answer)
  return answer.status === 200 && probeJson(answer) !== null
}

function toProbeRow(answer: ProbeAnswer) {
  const { headers, body: _, ...rest } = answer
  return {
    ...rest,
    contentType: headers['content-type']?.split(';')[0] ?? null,
    location: headers.location ?? null,
    challenge: headers['www-authenticate'] ?? null,
    /** whether a client can use the answer */
    right: isRight(answer),
  }
}

/** One request of the self-probe, and its answer. */
export type ProbeRow = Readonly<ReturnType<typeof toProbeRow>>

/** This server as seen from outside at the last check. */
export const readSelfCheck = query({ role: 'viewer', path }, async () => {
  const check = await lastSelfCheck()
  const { origin, mcpUrl } = env()
  return {
    origin,
    mcpUrl,
    /** `null` before the first check since the start */
    checkedAt: check && new Date(check.probe.at),
    addresses: check?.probe.addresses ?? [],
    looks: check?.probe.answers.map(toProbeRow) ?? [],
    findings: check?.findings.map(toFindingRow) ?? [],
  }
})

/** This server as seen from outside. */
export type SelfCheckData = Awaited<ReturnType<typeof readSelfCheck>>

/** Runs the self-check through the public address again. */
export const repeatSelfCheck = command({ role: 'operator', path, takes: [] }, async (operator) => {
  const { findings } = await checkSelf(await personExchange(operator))
  const faults = findings.filter(({ confidence }) => confidence !== 'possible').length
  return faults === 0
    ? done('Checked: no problems found')
    : refused(`Checked: ${faults === 1 ? 'one fault' : `${faults} faults`} found`)
})
