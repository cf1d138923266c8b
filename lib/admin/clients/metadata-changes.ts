type Metadata = Readonly<Record<string, unknown>>

const textOf = (value: unknown): string | null => {
  if (value === undefined) return null
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}

/** The differences between two versions of a client's metadata, by member; `null` where it is absent. */
export function metadataChanges(before: Metadata, after: Metadata) {
  const members = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return members.flatMap((member) => {
    const [was, is] = [textOf(before[member]), textOf(after[member])]
    return was === is ? [] : [{ member, before: was, after: is }]
  })
}
