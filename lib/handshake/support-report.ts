import type { Handshake, StageId } from './handshake'
import { code, prose } from './markdown'
import { redactText } from './redact'
import type { ReportContext, ReportedFinding } from './report-markdown'
import { identificationWords, stageWords, verdictWords } from './words'

/** The part of a connection, in the terms of Anthropic's form for connector developers. */
const phases: Readonly<Record<StageId, string>> = {
  challenge: 'discovery',
  'resource-metadata': 'discovery',
  'server-metadata': 'discovery',
  'client-identified': 'client registration',
  'authorization-requested': 'authorization',
  'signed-in': 'authorization',
  'consent-shown': 'authorization',
  decided: 'authorization',
  'code-issued': 'authorization',
  'token-issued': 'token exchange',
  'first-mcp-request': 'after token exchange, first MCP request',
  'tools-listed': 'tool discovery',
}

/** The step in question: where it ended, or else the last one reached. */
export function stageInQuestion({ verdict, stages }: Handshake): StageId {
  if (verdict.kind === 'stalled' || verdict.kind === 'failed') return verdict.stage
  return stages.findLast(({ state }) => state === 'done')?.id ?? 'challenge'
}

function timestamps({ stages }: Handshake): string[] {
  return stages.flatMap(({ id, state, at, dueAt }) => {
    const { label } = stageWords[id]
    if (at !== null) return [`- ${label}: ${new Date(at).toISOString()} (${state})`]
    return state === 'missing' && dueAt !== null
      ? [`- ${label}: not seen; expected by ${new Date(dueAt).toISOString()}`]
      : []
  })
}

/** The most user agents listed. */
const maxAgents = 20

const redacted = (text: string): string => prose(redactText(text))

const agentsOf = ({ events }: Handshake): string[] => [
  ...new Set(
    events.flatMap(({ userAgent, agent }) => (agent === 'Browser' ? [] : (userAgent ?? []))),
  ),
]

/**
 * A report for Anthropic's support and its public tracker (anthropics/claude-ai-mcp), with the fields of
 * its form. The reference that Claude shows (`ofid_…`) is known only to the person who saw it.
 */
export function supportReport(
  handshake: Handshake,
  findings: readonly ReportedFinding[],
  { mcpUrl, version }: ReportContext,
): string {
  const { identification, verdict } = handshake
  const [first] = findings
  const lines = [
    `**Server URL:** ${mcpUrl}`,
    `**What happens:** ${verdictWords(verdict)}`,
    `**Phase:** ${phases[stageInQuestion(handshake)]}`,
    '**Transport:** Streamable HTTP',
    `**Registration type:** ${identification ? identificationWords[identification] : 'none yet'}`,
    '**Reference shown by Claude:** ofid_…',
    '',
    '**Timestamps (UTC)**',
    ...timestamps(handshake),
    '',
    '**User agents seen in this attempt**',
    ...agentsOf(handshake)
      .slice(0, maxAgents)
      .map((agent) => `- ${code(redactText(agent), 300)}`),
    '',
    '**What the server’s own evidence points to**',
    first
      ? `- ${redacted(first.title)} (${first.confidence})`
      : '- Nothing: every request that arrived was answered as the specifications ask.',
    ...(first?.observations ?? []).map((text) => `- ${redacted(text)}`),
    '',
    `Recorded by Portico ${version}, which logs every request that reaches it.`,
  ]
  return `${lines.join('\n')}\n`
}
