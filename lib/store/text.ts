/** Whether PostgreSQL can store a text: no id that was issued contains NUL. */
export const isStorable = (text: string): boolean => !text.includes('\u0000')

const isClean = (text: string): boolean => isStorable(text) && text.isWellFormed()
const cleaned = (text: string): string => text.replaceAll('\u0000', '\ufffd').toWellFormed()

type Members = Record<string, unknown>

const isMembers = (value: unknown): value is Members => {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function isStorableDeep(value: unknown): boolean {
  if (typeof value === 'string') return isClean(value)
  if (Array.isArray(value)) return value.every(isStorableDeep)
  if (!isMembers(value)) return true
  for (const name in value) if (!isClean(name) || !isStorableDeep(value[name])) return false
  return true
}

function cleanedDeep(value: unknown): unknown {
  if (typeof value === 'string') return cleaned(value)
  if (Array.isArray(value)) return value.map(cleanedDeep)
  if (!isMembers(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [cleaned(name), cleanedDeep(member)]),
  )
}

/**
 * A query's arguments with only text that PostgreSQL accepts: no NUL, no lone surrogate. Such input then
 * finds nothing instead of raising an error. Dates, bytes and numbers stay as they are.
 */
export const storable = <Value>(value: Value): Value =>
  isStorableDeep(value) ? value : (cleanedDeep(value) as Value)
