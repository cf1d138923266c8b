import type { MessageFacts } from './message'
import { legacyRevisions, modernRevision } from './revisions'

/** What Claude and others send although the specification says otherwise. */
export type Quirk =
  | 'accept was */* or missing'
  | 'MCP-Protocol-Version was sent twice'
  | 'MCP-Protocol-Version contradicted _meta'
  | 'Mcp-Method was missing'
  | 'Mcp-Name was missing'

/** A request's headers made regular, and what had to be done for it. */
export type Absorbed = { readonly headers: Headers; readonly quirks: readonly Quirk[] }

const bothTypes = 'application/json, text/event-stream'

/** Methods whose `Mcp-Name` the modern revision requires. */
const namedMethods = new Set(['tools/call', 'prompts/get', 'resources/read'])

/** Whether a text can be the value of a header as it is. */
const isHeaderText = (text: string): boolean => /^[!-~]+$/.test(text)

function absorbAccept(headers: Headers, quirks: Quirk[]): void {
  const accept = headers.get('accept')
  if (accept && !accept.includes('*/*')) return
  if (accept?.includes('text/event-stream') && accept.includes('application/json')) return
  headers.set('accept', bothTypes)
  quirks.push('accept was */* or missing')
}

/** Claude Code 2.1 sends the header twice; HTTP joins the two by a comma. */
function absorbDuplicate(headers: Headers, quirks: Quirk[]): void {
  const values = (headers.get('mcp-protocol-version') ?? '').split(',').map((part) => part.trim())
  if (values.length < 2 || new Set(values).size !== 1 || !values[0]) return
  headers.set('mcp-protocol-version', values[0])
  quirks.push('MCP-Protocol-Version was sent twice')
}

/**
 * Claude's connectors send `_meta` of 2026-07-28 under a header of 2025-11-25. The revision demands
 * that such a request be refused; refusing it would break every tool call, and the body is the
 * clearer statement of the two.
 */
function absorbModernHeaders(headers: Headers, facts: MessageFacts, quirks: Quirk[]): void {
  if (!facts.claimsModern || facts.claimedRevision !== modernRevision || !facts.method) return
  const header = headers.get('mcp-protocol-version')
  const contradicts = header !== null && (legacyRevisions as readonly string[]).includes(header)
  if (!contradicts) return
  headers.set('mcp-protocol-version', modernRevision)
  quirks.push('MCP-Protocol-Version contradicted _meta')
  if (!headers.has('mcp-method') && isHeaderText(facts.method)) {
    headers.set('mcp-method', facts.method)
    quirks.push('Mcp-Method was missing')
  }
  if (facts.name && namedMethods.has(facts.method) && !headers.has('mcp-name')) {
    if (!isHeaderText(facts.name)) return
    headers.set('mcp-name', facts.name)
    quirks.push('Mcp-Name was missing')
  }
}

/** Makes the headers of a request regular where what is meant is beyond doubt. */
export function absorbQuirks(received: Headers, facts: MessageFacts): Absorbed {
  const headers = new Headers(received)
  const quirks: Quirk[] = []
  absorbAccept(headers, quirks)
  absorbDuplicate(headers, quirks)
  absorbModernHeaders(headers, facts, quirks)
  return { headers, quirks }
}
