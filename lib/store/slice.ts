/** Which part of a list to read. */
export type Slice = {
  /** one of the list's orders as a browser names it; the first one for any other name */
  readonly order?: string | undefined
  readonly limit: number
  /** the row to start after */
  readonly after?: string | undefined
}

/** How to narrow a list; a state is one that the list names. */
export type RowFilter = {
  readonly text?: string | undefined
  readonly state?: string | undefined
  readonly clientId?: string | undefined
  readonly grantId?: string | undefined
  readonly userId?: string | undefined
}

/** The member that a browser's text names; `undefined` for an unknown name. */
export const memberOf = <Member>(
  table: Readonly<Record<string, Member>>,
  name: string | undefined,
): Member | undefined =>
  name !== undefined && Object.hasOwn(table, name) ? table[name] : undefined

/** The rows of a slice in a list that is keyed by id. */
export const rowsOf = <Id = string>({
  limit,
  after,
}: {
  limit: number
  after?: Id | undefined
}) => ({ take: limit, ...(after ? { cursor: { id: after }, skip: 1 } : {}) })

/** Contains a text, ignoring case. */
export const containing = (text: string) => ({ contains: text, mode: 'insensitive' as const })

/** The condition that one of several members contains a text; none without a text. */
export const searching = <Where>(
  text: string | undefined,
  anyOf: (contains: ReturnType<typeof containing>) => Where[],
): { readonly OR?: Where[] } => (text ? { OR: anyOf(containing(text)) } : {})
