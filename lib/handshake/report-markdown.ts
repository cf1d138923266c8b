import type { Handshake, HandshakeEvent } from './handshake'
import { code, codeCell, prose } from './markdown'
import { redactHandshake, redactText } from './redact'
import { eraWords, identificationWords, stageWords, surfaceWords, verdictWords } from './words'

/** A finding, as far as a report includes it. */
export type ReportedFinding = {
  readonly id: string
  readonly confidence: string
  readonly title: string
  readonly explanation: string
  readonly observations: readonly string[]
  readonly fix: readonly { readonly text: string; readonly where?: string }[]
}

/** Which server recorded a handshake. */
export type ReportContext = {
  readonly mcpUrl: string
  readonly version: string
  /** milliseconds since the epoch */
  readonly now: number
}

const utc = (at: number): string => new Date(at).toISOString()

/** Escapes a text of this server for a table cell. */
const cell = (text: string | number | null): string => String(text ?? '').replaceAll('|', '\\|')

/** A cell with untrusted text. */
const foreign = (text: string | null): Cell => ({ markdown: codeCell(text ?? '') })

type Cell = string | number | null | { readonly markdown: string }

const written = (one: Cell): string =>
  typeof one === 'object' && one !== null ? one.markdown : cell(one)

const row = (...cells: readonly Cell[]): string => `| ${cells.map(written).join(' | ')} |`

const table = (head: readonly string[], rows: readonly string[]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows].join('\n')

const seconds = (ms: number): string => `+${(ms / 1000).toFixed(2)} s`

function facts(handshake: Handshake, { mcpUrl, version, now }: ReportContext): string {
  const { surface, clientName, identification, era, startedAt } = handshake
  return [
    `- URL: ${mcpUrl}`,
    `- Client: ${surfaceWords[surface]}${clientName ? ` (${code(redactText(clientName), 100)})` : ''}`,
    `- Identification: ${identification ? identificationWords[identification] : 'not known yet'}`,
    `- Protocol: ${era ? eraWords[era] : 'no MCP request yet'}`,
    `- Started: ${utc(startedAt)}`,
    `- Written: ${utc(now)} by Portico ${version}`,
  ].join('\n')
}

function steps({ stages, startedAt }: Handshake): string {
  const rows = stages.map(({ id, state, at, dueAt }) => {
    const time = at === null ? '' : seconds(at - startedAt)
    const due = dueAt === null ? '' : `due ${seconds(dueAt - startedAt)}`
    return row(stageWords[id].label, state, time || due, stageWords[id].section)
  })
  return table(['Step', 'State', 'Time', 'Specification'], rows)
}

function requests({ events, startedAt }: Handshake): string {
  const rows = events.map((event: HandshakeEvent) =>
    row(
      seconds(event.at - startedAt),
      event.name,
      foreign([event.method, event.path].filter(Boolean).join(' ')),
      event.status,
      event.durationMs === null ? '' : `${event.durationMs} ms`,
      event.agent ?? foreign(event.userAgent),
      [event.network, event.address].filter(Boolean).join(' '),
    ),
  )
  return table(['Time', 'Event', 'Request', 'Status', 'Took', 'Software', 'Network'], rows)
}

function finding({ id, confidence, title, explanation, observations, fix }: ReportedFinding) {
  const safe = (text: string): string => prose(redactText(text))
  const lines = [
    `### ${safe(title)} (${confidence}, \`${id}\`)`,
    '',
    safe(explanation),
    ...(observations.length > 0 ? ['', ...observations.map((text) => `- ${safe(text)}`)] : []),
    ...(fix.length > 0
      ? [
          '',
          ...fix.map(
            ({ text, where }, at) => `${at + 1}. ${safe(text)}${where ? ` (${safe(where)})` : ''}`,
          ),
        ]
      : []),
  ]
  return lines.join('\n')
}

/**
 * A handshake as Markdown to paste into a ticket: verdict, causes, steps and requests, without e-mail
 * addresses, with networks instead of addresses and shortened ids.
 */
export function reportMarkdown(
  handshake: Handshake,
  findings: readonly ReportedFinding[],
  context: ReportContext,
): string {
  const shown = redactHandshake(handshake)
  const parts = [
    `# ${verdictWords(shown.verdict)}`,
    facts(shown, context),
    ...(findings.length > 0 ? ['## Causes', ...findings.map(finding)] : []),
    '## Steps',
    steps(shown),
    '## Requests',
    requests(shown),
  ]
  return `${parts.join('\n\n')}\n`
}
