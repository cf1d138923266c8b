import { CircleCheck, CircleX } from 'lucide-react'
import type { Column } from '@/components/kit/list/data-table'
import { Badge } from '@/components/ui/badge'
import type { ProbeRow } from '@/lib/admin/overview/self-check'

/** Each probe, and why a client needs it. */
const targets: Record<ProbeRow['target'], { readonly label: string; readonly for: string }> = {
  'resource-metadata': {
    label: 'Resource metadata',
    for: 'names the authorization server; RFC 9728 §3.1',
  },
  'resource-metadata-root': {
    label: 'Resource metadata, at the root',
    for: 'where clients look second',
  },
  'server-metadata': { label: 'Server metadata', for: 'names every endpoint; RFC 8414 §3' },
  'server-metadata-suffixed': {
    label: 'Server metadata, with the path',
    for: 'where older clients look',
  },
  jwks: { label: 'Signing keys', for: 'verify access tokens; RFC 7517 §5' },
  'challenge-post': {
    label: 'Challenge',
    for: 'a 401 that says where to sign in; RFC 9728 §5.1',
  },
  'challenge-get': { label: 'Challenge to GET', for: 'the same for a client that listens' },
  'challenge-post-claude-user': {
    label: 'Challenge to Claude-User',
    for: 'the user agent of Claude’s tool calls, which bot rules block',
  },
  'bearer-echo': {
    label: 'Request with a made-up token',
    for: 'shows whether the Authorization header arrives',
  },
  'trailing-slash': {
    label: 'Challenge at /mcp/',
    for: 'must be served like /mcp, not redirected',
  },
}

function Asked({ row }: { row: ProbeRow }) {
  const { label, for: purpose } = targets[row.target]
  const Icon = row.right ? CircleCheck : CircleX
  return (
    <span className="flex items-start gap-2.5">
      <Icon
        aria-hidden
        className={`mt-0.5 size-4 shrink-0 ${row.right ? 'text-ok' : 'text-bad'}`}
      />
      <span className="sr-only">{row.right ? 'right:' : 'wrong:'}</span>
      <span className="min-w-0">
        <span className="font-medium">{label}</span>
        <span className="block text-pretty text-muted text-xs">{purpose}</span>
      </span>
    </span>
  )
}

function Request({ row }: { row: ProbeRow }) {
  const { pathname } = new URL(row.url)
  return (
    <span className="wrap-anywhere font-mono text-xs">
      {row.method} {pathname}
      <span className="block text-muted">{row.userAgent.replace(/ portico-probe$/, '')}</span>
    </span>
  )
}

/** The most telling header or content type of a response. */
const detailOf = ({ location, challenge, contentType }: ProbeRow): string | null =>
  location ? `to ${location}` : (challenge ?? contentType)

function Answer({ row }: { row: ProbeRow }) {
  const detail = detailOf(row)
  return (
    <span className="grid min-w-0 gap-1">
      <Badge tone={row.right ? 'ok' : 'bad'} mono>
        {row.status ?? row.error ?? 'no answer'}
      </Badge>
      {detail ? (
        <span className="wrap-anywhere line-clamp-3 font-mono text-2xs text-muted" title={detail}>
          {detail}
        </span>
      ) : null}
    </span>
  )
}

/** The columns of the probes. */
export const probeColumns: readonly Column<ProbeRow>[] = [
  { id: 'asked', header: 'Asked for', lead: true, cell: (row) => <Asked row={row} /> },
  { id: 'request', header: 'Request', cell: (row) => <Request row={row} /> },
  { id: 'answer', header: 'Answer', className: 'md:max-w-md', cell: (row) => <Answer row={row} /> },
  {
    id: 'time',
    header: 'Time',
    align: 'right',
    cell: (row) => <span className="whitespace-nowrap text-muted">{row.durationMs} ms</span>,
  },
]
