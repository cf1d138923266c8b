/** Which part of a list is read. */
export type Slice = {
  /** one of the list's orders as a browser names it; the first of them for any other */
  readonly order?: string | undefined
  readonly limit: number
  /** names the row to start after */
  readonly after?: string | undefined
}

/** What a table says of a name that a browser sent; `undefined` for a name it does not know. */
export const memberOf = <Member>(
  table: Readonly<Record<string, Member>>,
  name: string | undefined,
): Member | undefined =>
  name !== undefined && Object.hasOwn(table, name) ? table[name] : undefined

/** The rows of a slice whose rows are named by their ids. */
export const rowsOf = ({ limit, after }: Slice) => ({
  take: limit,
  ...(after ? { cursor: { id: after }, skip: 1 } : {}),
})

/** Holds a text, in whatever case. */
export const containing = (text: string) => ({ contains: text, mode: 'insensitive' as const })
