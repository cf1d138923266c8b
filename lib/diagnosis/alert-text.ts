import type { Handshake, StageId } from '@/lib/handshake/handshake'
import { productNames } from '@/lib/products/names'
import type { Confidence, Finding } from './finding'

/** A step as an alert names it. */
export const stepName = (stage: StageId): string =>
  stage === 'first-mcp-request' ? 'first authenticated MCP request' : stage.replaceAll('-', ' ')

const causes: Readonly<Record<Confidence, string>> = {
  confirmed: 'Cause',
  likely: 'Likely cause',
  possible: 'Possible cause',
}

/** The members of a handshake that an alert uses. */
type AlertedHandshake = Pick<Handshake, 'surface' | 'clientName' | 'verdict'>

const longestName = 60

/** Untrusted names are quoted, so that nothing in them looks like anything else in a message. */
const quoted = (name: string): string =>
  `“${name
    .slice(0, 4 * longestName)
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .replace(/[<>“”`*_~|[\]]/g, '')
    .replaceAll('://', ' ')
    .trim()
    .slice(0, longestName)
    .toWellFormed()}”`

/** Who tried to connect: the product if known, else the client's own name. */
function whoConnects({ surface, clientName }: Pick<Handshake, 'surface' | 'clientName'>) {
  if (surface !== 'unknown') return productNames[surface]
  return clientName === null ? 'an unnamed client' : quoted(clientName)
}

/** The verdict in words: `stalled at “token issued”`. */
const verdictInWords = ({ verdict }: Pick<Handshake, 'verdict'>): string =>
  verdict.kind === 'stalled' || verdict.kind === 'failed'
    ? `${verdict.kind} at “${stepName(verdict.stage)}”`
    : verdict.kind

function causeLines(finding: Finding | undefined): string[] {
  if (!finding) return ['No rule knows the cause; the page has what was seen.']
  const cause = `${causes[finding.confidence]}: ${finding.title}`
  const first = finding.fix[0]
  if (!first) return [cause]
  return [cause, `First step${first.where ? ` (${first.where})` : ''}: ${first.text}`]
}

const alikeLine = (alike: number): string =>
  alike === 1
    ? 'Another one ended at the same step within the last hour.'
    : `${alike} others ended at the same step within the last hour.`

/** An alert in plain text; `subject` is its first line without the full stop. */
export type AlertText = { readonly subject: string; readonly text: string }

/**
 * Describes a handshake that stalled or failed: the verdict, the likeliest cause, the first thing to do,
 * and a link.
 *
 * @param alike how many other handshakes ended at the same step within the last hour
 */
export function alertText(
  handshake: AlertedHandshake,
  finding: Finding | undefined,
  { serverName, url, alike }: { serverName: string; url: string; alike: number },
): AlertText {
  const subject = `${serverName}: a handshake of ${whoConnects(handshake)} ${verdictInWords(handshake)}`
  const lines = [
    `${subject}.`,
    ...causeLines(finding),
    ...(alike > 0 ? [alikeLine(alike)] : []),
    url,
  ]
  return { subject, text: lines.join('\n') }
}

/** The message that tests a channel. */
export function testText(serverName: string, url: string): AlertText {
  const subject = `${serverName}: a test alert`
  const body =
    'When a handshake stalls or fails, its verdict and its likeliest cause are sent here.'
  return { subject, text: [`${subject}.`, body, url].join('\n') }
}
