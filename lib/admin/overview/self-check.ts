import 'server-only'
import { done, refused } from '@/lib/admin/outcome'
import type { FindingRow, ProbeRow, SelfCheckView } from '@/lib/admin/views'
import { command, query } from '@/lib/auth/declared'
import { personExchange } from '@/lib/auth/exchange'
import { env } from '@/lib/config/env'
import type { Probe, ProbeAnswer } from '@/lib/diagnosis/facts'
import { isOwnChallenge, jsonOf, sawToken } from '@/lib/diagnosis/probe'
import { rules } from '@/lib/diagnosis/rule-list'
import { checkSelf, lastSelfCheck, type SelfCheck } from '@/lib/doctor/self-check'

const path = '/admin/self-check'

/** Each target expects something else: a challenge, a challenge for an invalid token, or a document. */
function isRight(answer: ProbeAnswer): boolean {
  if (answer.target === 'bearer-echo') return isOwnChallenge(answer) && sawToken(answer)
  if (/^(challenge|trailing)/.test(answer.target)) return isOwnChallenge(answer)
  return answer.status === 200 && jsonOf(answer) !== null
}

function toProbeRow(answer: ProbeAnswer): ProbeRow {
  const { target, method, url, userAgent, status, error, durationMs, headers } = answer
  return {
    target,
    method,
    url,
    userAgent,
    status,
    error,
    durationMs,
    contentType: headers['content-type']?.split(';')[0] ?? null,
    location: headers.location ?? null,
    challenge: headers['www-authenticate'] ?? null,
    right: isRight(answer),
  }
}

const toFindingRow = ({ rule, ...finding }: SelfCheck['findings'][number]): FindingRow => ({
  ...finding,
  id: rule,
  sources: rules.find(({ id }) => id === rule)?.sources ?? [],
})

const looks = (probe: Probe): ProbeRow[] => probe.answers.map(toProbeRow)

/** This server as seen from outside at the last check. */
export const readSelfCheck = query({ role: 'viewer', path }, async (): Promise<SelfCheckView> => {
  const check = await lastSelfCheck()
  const { origin, mcpUrl } = env()
  return {
    origin,
    mcpUrl,
    checkedAt: check && new Date(check.probe.at),
    addresses: check?.probe.addresses ?? [],
    looks: check ? looks(check.probe) : [],
    findings: check?.findings.map(toFindingRow) ?? [],
  }
})

/** Runs the self-check through the public address again. */
export const repeatSelfCheck = command({ role: 'operator', path, takes: [] }, async (operator) => {
  const { findings } = await checkSelf(await personExchange(operator))
  const faults = findings.filter(({ confidence }) => confidence !== 'possible').length
  return faults === 0
    ? done('Checked: no problems found')
    : refused(`Checked: ${faults === 1 ? 'one fault' : `${faults} faults`} found`)
})
