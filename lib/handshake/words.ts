import { productNames } from '@/lib/products/names'
import type { Era, Identification, StageId, Surface, Verdict } from './handshake'

/** A step in the words that people read. Labels only; components may import this file. */
type StageWords = {
  readonly label: string
  /** the purpose of the step, in one sentence */
  readonly purpose: string
  /** the section that defines it */
  readonly section: string
  /** the verdict when it is overdue */
  readonly missing: string
  /** the verdict when it was refused */
  readonly refused: string
}

/** The steps of the golden trace in words. */
export const stageWords: Readonly<Record<StageId, StageWords>> = {
  challenge: {
    label: 'Challenge',
    purpose: 'A request without a token is answered with 401 and a pointer to where to get one.',
    section: 'RFC 9728 §5.1',
    missing: 'No request to /mcp',
    refused: 'The first request was refused',
  },
  'resource-metadata': {
    label: 'Resource metadata',
    purpose: 'The client reads which authorization server protects this endpoint.',
    section: 'RFC 9728 §3.1',
    missing: 'Challenged, never read the resource metadata',
    refused: 'The resource metadata was refused',
  },
  'server-metadata': {
    label: 'Server metadata',
    purpose:
      'The client reads where to register, authorize and get a token, and what is supported.',
    section: 'RFC 8414 §3.1',
    missing: 'Resource metadata read, server metadata never read',
    refused: 'The server metadata was refused',
  },
  'client-identified': {
    label: 'Client identified',
    purpose:
      'The client identifies itself: it registers, names its metadata document, or already has an id.',
    section: 'RFC 7591 §3',
    missing: 'Metadata read, no client registered',
    refused: 'The registration was refused',
  },
  'authorization-requested': {
    label: 'Authorization requested',
    purpose: 'The person’s browser arrives with what the client asks for.',
    section: 'RFC 6749 §4.1.1',
    missing: 'Client registered, nobody came to /authorize',
    refused: 'The authorization request was refused',
  },
  'signed-in': {
    label: 'Signed in',
    purpose: 'The person says who they are, unless they were signed in already.',
    section: 'RFC 6749 §3.1',
    missing: 'Sent to sign in, nobody signed in',
    refused: 'The sign-in was refused',
  },
  'consent-shown': {
    label: 'Consent shown',
    purpose: 'The person sees which client asks, for what, and where the answer goes.',
    section: 'RFC 6749 §4.1.1',
    missing: 'Signed in, the consent page was never opened',
    refused: 'The consent page was refused',
  },
  decided: {
    label: 'Decided',
    purpose: 'The person allows or denies.',
    section: 'RFC 6749 §4.1.2',
    missing: 'Consent shown, nobody answered',
    refused: 'The answer was refused',
  },
  'code-issued': {
    label: 'Code issued',
    purpose: 'The browser is sent back to the client with a code that works once, within a minute.',
    section: 'RFC 6749 §4.1.2',
    missing: 'Allowed, no code was issued',
    refused: 'No code was issued',
  },
  'token-issued': {
    label: 'Token issued',
    purpose: 'The client’s server exchanges the code, with its verifier, for an access token.',
    section: 'RFC 6749 §5.1',
    missing: 'Code issued, never exchanged',
    refused: 'The token request was refused',
  },
  'first-mcp-request': {
    label: 'First MCP request',
    purpose: 'The client comes back to /mcp with its token: from here on it is connected.',
    section: 'RFC 6750 §2.1',
    missing: 'Token issued, no request to /mcp',
    refused: 'The token was refused at /mcp',
  },
  'tools-listed': {
    label: 'Tools listed',
    purpose: 'The client asks which tools there are; without this it shows none.',
    section: 'MCP 2025-11-25 server/tools',
    missing: 'Connected, never asked for the tools',
    refused: 'The list of tools was refused',
  },
}

/** Products in words. */
export const surfaceWords: Readonly<Record<Surface, string>> = {
  ...productNames,
  unknown: 'Unknown client',
}

/** How a client identified itself, in words. */
export const identificationWords: Readonly<Record<Identification, string>> = {
  'metadata-document': 'Metadata document',
  dynamic: 'Dynamic registration',
  'pre-registered': 'Pre-registered',
}

/** Protocol eras in words. */
export const eraWords: Readonly<Record<Era, string>> = {
  stateless: '2026-07-28, stateless',
  session: '2025, with sessions',
}

/** Kinds of verdict in one or two words. */
export const verdictKinds: Readonly<Record<Verdict['kind'], string>> = {
  'in-progress': 'In progress',
  'signed-in': 'Signed in',
  connected: 'Connected',
  degraded: 'Degraded',
  'refused-by-operator': 'Denied',
  stalled: 'Stalled',
  failed: 'Failed',
}

/** A verdict in a few words that name what is missing or was refused. */
export function verdictWords(verdict: Verdict): string {
  if (verdict.kind === 'stalled') return stageWords[verdict.stage].missing
  if (verdict.kind === 'failed') return stageWords[verdict.stage].refused
  // on the consent page or among the approvals: its cause says which
  if (verdict.kind === 'refused-by-operator') return 'Denied by a person'
  if (verdict.kind === 'degraded') return 'Connected, with problems since'
  if (verdict.kind === 'signed-in') return 'Signed in; its first call comes when it is used'
  return verdictKinds[verdict.kind]
}
