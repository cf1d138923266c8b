import type { Quirk } from '@/lib/config/clients'
import type { MessageFacts } from './message'
import { legacyRevisions, modernRevision } from './revisions'

const bothTypes = 'application/json, text/event-stream'

/** Methods for which the modern revision requires `Mcp-Name`. */
const namedMethods = new Set(['tools/call', 'prompts/get', 'resources/read'])

/** A request and its corrections so far. */
type Work = {
  /** as received, until the first correction */
  headers: Headers
  readonly facts: MessageFacts
  readonly refused: ReadonlySet<Quirk>
  readonly quirks: Quirk[]
}

/** Sets a header for a quirk, unless that quirk is turned off. @returns whether it was set */
function absorb(work: Work, quirk: Quirk, name: string, value: string) {
  if (work.refused.has(quirk)) return false
  if (work.quirks.length === 0) work.headers = new Headers(work.headers)
  work.headers.set(name, value)
  work.quirks.push(quirk)
  return true
}

/** Whether a text can be a header value as it is. */
const isHeaderText = (text: string): boolean => /^[!-~]+$/.test(text)

function absorbAccept(work: Work): void {
  const accept = work.headers.get('accept')
  if (accept && !accept.includes('*/*')) return
  if (accept?.includes('text/event-stream') && accept.includes('application/json')) return
  absorb(work, 'accept-header', 'accept', bothTypes)
}

/** Claude Code 2.1 sends the header twice; HTTP joins both with a comma. */
function absorbRepeated(work: Work): void {
  const header = work.headers.get('mcp-protocol-version') ?? ''
  const values = header.split(',').map((part) => part.trim())
  if (values.length < 2 || new Set(values).size !== 1 || !values[0]) return
  absorb(work, 'repeated-version-header', 'mcp-protocol-version', values[0])
}

/**
 * Claude's connectors send `_meta` of 2026-07-28 under a header of 2025-11-25. The revision requires
 * refusing such a request, which would break every tool call; of the two, the body is clearer.
 */
function absorbMismatch(work: Work): void {
  const header = work.headers.get('mcp-protocol-version')
  if (header === null || !(legacyRevisions as readonly string[]).includes(header)) return
  absorb(work, 'version-mismatch', 'mcp-protocol-version', modernRevision)
}

/** A method and a name that are clear from the body need no header. */
function absorbMissing(work: Work): void {
  const { facts } = work
  if (work.headers.get('mcp-protocol-version') !== modernRevision || !facts.method) return
  if (!work.headers.has('mcp-method')) {
    if (!isHeaderText(facts.method)) return
    if (!absorb(work, 'missing-method-header', 'mcp-method', facts.method)) return
  }
  const needsName = namedMethods.has(facts.method) && !work.headers.has('mcp-name')
  if (needsName && facts.name && isHeaderText(facts.name)) {
    absorb(work, 'missing-name-header', 'mcp-name', facts.name)
  }
}

/**
 * Corrects the headers of a request where its meaning is clear.
 *
 * @param refused quirks that are turned off (PORTICO_REFUSE_QUIRKS)
 * @returns the corrected headers, and the quirks that were corrected
 */
export function absorbQuirks(
  received: Headers,
  facts: MessageFacts,
  refused: ReadonlySet<Quirk> = new Set(),
): { headers: Headers; quirks: readonly Quirk[] } {
  const work: Work = { headers: received, facts, refused, quirks: [] }
  absorbAccept(work)
  absorbRepeated(work)
  if (facts.claimsModern && facts.claimedRevision === modernRevision) {
    absorbMismatch(work)
    absorbMissing(work)
  }
  return { headers: work.headers, quirks: work.quirks }
}
