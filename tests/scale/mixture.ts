import { readFileSync } from 'node:fs'
import path from 'node:path'
import { corpusFolder, type StoredStream } from '../support/handshakes/corpus-stream'

/** Handshakes of one kind: as a recorded stream has them, and how they were judged. */
type Kind = {
  readonly stream: string
  /** of a hundred handshakes */
  readonly share: number
  readonly surface: string
  readonly identification: string
  readonly era: string | null
  readonly verdict: string
  readonly stage: string | null
  readonly unused: boolean
}

const connected = { verdict: 'connected', stage: null, unused: false } as const
const hosted = { surface: 'claude-hosted', identification: 'dynamic', era: null } as const

const kinds: readonly Kind[] = [
  {
    stream: 'healthy-hosted-dynamic-session',
    share: 40,
    ...connected,
    ...hosted,
    era: 'session',
  },
  {
    stream: 'healthy-hosted-document-stateless',
    share: 25,
    ...connected,
    ...hosted,
    identification: 'metadata-document',
    era: 'stateless',
  },
  {
    stream: 'healthy-code-document',
    share: 12,
    ...connected,
    surface: 'claude-code',
    identification: 'metadata-document',
    era: 'stateless',
  },
  {
    stream: 'healthy-inspector',
    share: 3,
    ...connected,
    surface: 'inspector',
    identification: 'dynamic',
    era: 'session',
  },
  {
    stream: 'client-bug-token-not-attached',
    share: 6,
    ...hosted,
    verdict: 'stalled',
    stage: 'first-mcp-request',
    unused: true,
  },
  {
    stream: 'code-never-redeemed',
    share: 5,
    ...hosted,
    verdict: 'stalled',
    stage: 'token-issued',
    unused: false,
  },
  {
    stream: 'consent-denied',
    share: 4,
    ...hosted,
    verdict: 'refused-by-operator',
    stage: 'decided',
    unused: false,
  },
  {
    stream: 'token-needs-secret',
    share: 3,
    ...hosted,
    verdict: 'failed',
    stage: 'token-issued',
    unused: false,
  },
  {
    stream: 'dcr-strict-body',
    share: 2,
    ...hosted,
    verdict: 'failed',
    stage: 'client-identified',
    unused: false,
  },
]

const read = (stream: string): StoredStream =>
  JSON.parse(readFileSync(path.join(corpusFolder, `${stream}.json`), 'utf8'))

/** The kinds with their recorded events, as tests/scale/rows.ts takes them. */
export const mixture = (): (Kind & Pick<StoredStream, 'events'>)[] =>
  kinds.map((kind) => ({ ...kind, events: read(kind.stream).events }))
