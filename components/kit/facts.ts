import { hrefOf } from '@/components/kit/list/hrefs'
import type { EventRow } from '@/lib/admin/views'
import { reasonWords } from '@/lib/reasons'
import { reasonOfEvent } from '@/lib/stored-reasons'

/** One fact of an event; `href` links to the events that share it. */
export type FactRow = { readonly label: string; readonly value: string; readonly href?: string }

export type FactGroup = { readonly title: string; readonly facts: readonly FactRow[] }

/** The network of an address, in words. */
export const networkWords: Record<NonNullable<EventRow['network']>, string> = {
  anthropic: 'Anthropic',
  loopback: 'this machine',
  private: 'private network',
  public: 'public internet',
}

type Maybe = { label: string; value: string | null | undefined; href?: string }

const known = (facts: readonly Maybe[]): FactRow[] =>
  facts.flatMap(({ value, ...rest }) => (value ? [{ ...rest, value }] : []))

/** A detail's value as text: lists one item a line, the rest as JSON. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(textOf).join('\n')
  return JSON.stringify(value) ?? ''
}

const linkTo = (path: string | null, name: string, value: string | null) =>
  path === null ? {} : { href: hrefOf(path, { [name]: value ?? '' }) }

function exchange(row: EventRow, path: string | null): FactRow[] {
  return known([
    {
      label: 'Request',
      value: [row.method, row.path].filter(Boolean).join(' '),
      ...linkTo(path, 'path', row.path),
    },
    { label: 'Answer', value: row.status === null ? null : String(row.status) },
    { label: 'Counted', value: row.count === 1 ? null : `${row.count} requests` },
    { label: 'First', value: row.count === 1 ? null : row.at },
    { label: 'Last', value: row.lastAt },
    { label: 'After', value: row.durationMs === null ? null : `${row.durationMs} ms` },
    { label: 'Request id', value: row.requestId },
    { label: 'Event id', value: row.id },
  ])
}

function origin(row: EventRow, path: string | null): FactRow[] {
  const { address, network } = row
  return known([
    { label: 'Address', value: address, ...linkTo(path, 'address', address) },
    { label: 'Network', value: network && networkWords[network] },
    { label: 'Software', value: row.agent },
    { label: 'User agent', value: row.userAgent },
    ...Object.entries(row.edge ?? {}).map(([label, value]) => ({ label, value })),
  ])
}

function ids(row: EventRow, path: string | null): FactRow[] {
  const by = (name: string, id: string | null) => linkTo(path, name, id)
  return known([
    { label: 'Client', value: row.clientName },
    { label: 'Client id', value: row.clientId, ...by('client', row.clientId) },
    { label: 'Connection', value: row.grantId, ...by('grant', row.grantId) },
    { label: 'Person', value: row.userId, ...by('user', row.userId) },
    { label: 'Interaction', value: row.interactionId, ...by('q', row.interactionId) },
    { label: 'Session', value: row.sessionId, ...by('q', row.sessionId) },
  ])
}

/**
 * All facts of an event, in groups.
 *
 * @param path the log's path, for links that filter; `null` without a dashboard
 */
export function factsOf(row: EventRow, path: string | null): readonly FactGroup[] {
  const reason = reasonOfEvent(row)
  const detail = Object.entries(row.detail).map(([label, value]) => ({
    label,
    value: label === 'reason' && reason ? reasonWords(reason) : textOf(value),
  }))
  return [
    { title: 'Detail', facts: detail },
    { title: 'Exchange', facts: exchange(row, path) },
    { title: 'From', facts: origin(row, path) },
    { title: 'Belongs to', facts: ids(row, path) },
  ].filter((group) => group.facts.length > 0)
}
