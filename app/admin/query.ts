/** The `searchParams` that Next passes to a page. */
export type SearchParams = Promise<Readonly<Record<string, string | string[] | undefined>>>

/** The named query fields that occur once and are not empty. */
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

/** Which page of a list the query asks for. */
export const pageQuery = (searchParams: SearchParams): Promise<{ readonly cursor?: string }> =>
  pick(searchParams, ['cursor'])

/** The view of one handshake, from the query. */
export const handshakePageQuery = (
  searchParams: SearchParams,
): Promise<{ readonly tab?: string; readonly compare?: string }> =>
  pick(searchParams, ['tab', 'compare'])

/** The overview's options, from the query. */
export const overviewQuery = (searchParams: SearchParams): Promise<{ readonly range?: string }> =>
  pick(searchParams, ['range'])
/** The connect page's options, from the query. */
export const connectQuery = (
  searchParams: SearchParams,
): Promise<{ readonly client?: string; readonly since?: string }> =>
  pick(searchParams, ['client', 'since'])

/** The known client to create a new one for, from the query. */
export const newClientQuery = (searchParams: SearchParams): Promise<{ readonly for?: string }> =>
  pick(searchParams, ['for'])
