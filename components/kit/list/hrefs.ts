/** The query parameters of a list; a missing or empty value is omitted. */
export type QueryValues = Readonly<Record<string, string | undefined>>

/** A link to `path` with this query. */
export function hrefOf(path: string, values: QueryValues): string {
  const given = Object.entries(values).filter((entry): entry is [string, string] => !!entry[1])
  const query = new URLSearchParams(given).toString()
  return query ? `${path}?${query}` : path
}

/** The same list with another query; always restarts at the first page. */
export const hrefWith = (path: string, query: QueryValues, changes: QueryValues): string =>
  hrefOf(path, { ...query, cursor: undefined, ...changes })

/** The link that exports all pages of the list. */
export const exportHref = (path: string, query: QueryValues, format: string): string =>
  hrefOf(`${path}/export`, { ...query, cursor: undefined, format })

/** The last characters of an id, which distinguish neighbours, as on the console. */
export const shortId = (id: string): string => id.slice(-4)

/** The page of one client; its id can be a URL, which is not safe in a path segment. */
export const clientHref = (id: string): string => hrefOf('/admin/clients/client', { id })
