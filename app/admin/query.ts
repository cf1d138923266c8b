import type { EventQuery } from '@/lib/admin/views'

/** What Next hands to a page as `searchParams`. */
export type SearchParams = Promise<Readonly<Record<string, string | string[] | undefined>>>

const eventFields = [
  'q',
  'event',
  'outcome',
  'client',
  'grant',
  'user',
  'address',
  'path',
  'repeated',
  'cursor',
] as const

/** The named fields of a URL's query that are given once and not empty. */
export async function pick<Field extends string>(
  searchParams: SearchParams,
  fields: readonly Field[],
): Promise<Partial<Record<Field, string>>> {
  const all = await searchParams
  const picked: Partial<Record<Field, string>> = {}
  for (const field of fields) {
    const value = all[field]
    if (typeof value === 'string' && value !== '') picked[field] = value
  }
  return picked
}

/** Which page of a list was asked for. */
export const pageQuery = (searchParams: SearchParams): Promise<{ readonly cursor?: string }> =>
  pick(searchParams, ['cursor'])

/** How the log was asked for. */
export const eventQuery = (searchParams: SearchParams): Promise<EventQuery> =>
  pick(searchParams, eventFields)

/** How the page of one handshake was asked for. */
export const handshakePageQuery = (
  searchParams: SearchParams,
): Promise<{ readonly tab?: string; readonly compare?: string }> =>
  pick(searchParams, ['tab', 'compare'])

/** How the overview was asked for. */
export const overviewQuery = (searchParams: SearchParams): Promise<{ readonly range?: string }> =>
  pick(searchParams, ['range'])
/** How the page that connects a client was asked for. */
export const connectQuery = (
  searchParams: SearchParams,
): Promise<{ readonly client?: string; readonly since?: string }> =>
  pick(searchParams, ['client', 'since'])

/** For which known client a new one is to be made. */
export const newClientQuery = (searchParams: SearchParams): Promise<{ readonly for?: string }> =>
  pick(searchParams, ['for'])
