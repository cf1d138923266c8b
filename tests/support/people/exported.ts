import type { Operator } from './operator'

/** The rows of a dashboard list, from its JSON export. */
export async function exported<Row>(
  operator: Operator,
  list: string,
  query: Readonly<Record<string, string>> = {},
): Promise<Row[]> {
  const search = new URLSearchParams({ ...query, format: 'json' })
  const response = await operator.open(`/admin/${list}/export?${search}`)
  if (!response.ok) throw new Error(`no export of ${list}: HTTP ${response.status}`)
  return (await response.json()) as Row[]
}
