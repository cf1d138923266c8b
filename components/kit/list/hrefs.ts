/** The part of a URL's query that a list understands; a missing or empty value is left out. */
export type QueryValues = Readonly<Record<string, string | undefined>>

/** A link to `path` with these values in its query. */
export function hrefOf(path: string, values: QueryValues): string {
  const given = Object.entries(values).filter((entry): entry is [string, string] => !!entry[1])
  const query = new URLSearchParams(given).toString()
  return query ? `${path}?${query}` : path
}

/** The same list asked differently; whatever changes, it starts again from its first page. */
export const hrefWith = (path: string, query: QueryValues, changes: QueryValues): string =>
  hrefOf(path, { ...query, cursor: undefined, ...changes })

/** The link that downloads what the list shows, all its pages. */
export const exportHref = (path: string, query: QueryValues, format: string): string =>
  hrefOf(`${path}/export`, { ...query, cursor: undefined, format })

/** The last characters of an id are enough to tell neighbours apart, as in the console's lines. */
export const shortId = (id: string): string => id.slice(-4)

/** The page of one client; its id can be a URL, which no path segment holds safely. */
export const clientHref = (id: string): string => hrefOf('/admin/clients/client', { id })
