import 'server-only'
import { operatorExchange } from '@/lib/auth/exchange'
import { requireOperator } from '@/lib/auth/session'
import type { Probe, ProbeAnswer } from '@/lib/diagnosis/facts'
import { isOwnChallenge, jsonOf, sawToken } from '@/lib/diagnosis/probe'
import { rules } from '@/lib/diagnosis/rule-list'
import { env } from '@/lib/env'
import { checkSelf, lastSelfCheck, type SelfCheck } from '@/lib/self-check'
import type { FindingRow, LookRow, SelfCheckView } from './views'

const path = '/admin/self-check'

/** What is right differs by target: a challenge, a challenge that saw a token, a document. */
function isRight(answer: ProbeAnswer): boolean {
  if (answer.target === 'bearer-echo') return isOwnChallenge(answer) && sawToken(answer)
  if (/^(challenge|trailing)/.test(answer.target)) return isOwnChallenge(answer)
  return answer.status === 200 && jsonOf(answer) !== null
}

function toLookRow(answer: ProbeAnswer): LookRow {
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

const looks = (probe: Probe): LookRow[] => probe.answers.map(toLookRow)

/** What the world sees of this server, as it was last looked at. */
export async function readSelfCheck(): Promise<SelfCheckView> {
  await requireOperator('viewer', path)
  const check = await lastSelfCheck()
  const { origin, mcpUrl } = env()
  return {
    origin,
    mcpUrl,
    checkedAt: check && new Date(check.probe.at).toISOString(),
    addresses: check?.probe.addresses ?? [],
    looks: check ? looks(check.probe) : [],
    findings: check?.findings.map(toFindingRow) ?? [],
  }
}

/** Looks again. @returns how many findings are more than possible */
export async function repeatSelfCheck(): Promise<number> {
  const operator = await requireOperator('operator', path)
  const { findings } = await checkSelf(await operatorExchange(operator, path))
  return findings.filter(({ confidence }) => confidence !== 'possible').length
}
