import { z } from 'zod'
import { isReason } from '@/lib/reasons'
import { catalogue, type EventName, reasonSchema } from './catalogue'
import { clean } from './text'

/** What the detail of an event holds once it was checked. */
export type CheckedDetail = Readonly<Record<string, unknown>>

/** The longest text of a detail, which is also what the catalogue allows. */
const longestText = 500
const longestItem = 200
const mostItems = 50

/** Shortens and cleans every text, so that a long header cannot make a detail invalid. */
function clipDeep(value: unknown): unknown {
  if (typeof value === 'string') return clean(value, longestText)
  if (Array.isArray(value)) {
    return value
      .slice(0, mostItems)
      .map((item) => (typeof item === 'string' ? clean(item, longestItem) : item))
  }
  if (typeof value !== 'object' || value === null) return value
  const clipped: Record<string, unknown> = {}
  for (const key of Object.keys(value)) {
    const item = (value as Record<string, unknown>)[key]
    if (item !== undefined) clipped[key] = clipDeep(item)
  }
  return clipped
}

/** A member that holds one value, and what that must be. */
type Member = {
  readonly key: string
  readonly isOptional: boolean
  readonly fits: (value: unknown) => boolean
}

const { MIN_SAFE_INTEGER: lowest, MAX_SAFE_INTEGER: highest } = Number

/** What values a schema takes, where that is told without it; `null` where it is for the schema to say. */
function fitting(schema: unknown): Member['fits'] | null {
  if (schema === reasonSchema) return isReason
  if (schema instanceof z.ZodString) {
    const { minLength, maxLength, format, def } = schema
    const isAny = minLength === null && maxLength === longestText && format === null
    return isAny && def.checks?.length === 1 ? (value) => typeof value === 'string' : null
  }
  if (schema instanceof z.ZodNumber) {
    const { isInt, minValue, maxValue } = schema
    return isInt && minValue === lowest && maxValue === highest ? Number.isSafeInteger : null
  }
  if (schema instanceof z.ZodBoolean) return (value) => typeof value === 'boolean'
  if (!(schema instanceof z.ZodEnum)) return null
  const options = new Set<unknown>(schema.options)
  return (value) => options.has(value)
}

/** The members of a detail in the catalogue's order; `null` where one is more than a single value. */
function membersOf(name: EventName): readonly Member[] | null {
  const members: Member[] = []
  for (const [key, schema] of Object.entries<unknown>(catalogue[name].detail.shape)) {
    const isOptional = schema instanceof z.ZodOptional
    const fits = fitting(isOptional ? schema.unwrap() : schema)
    if (!fits) return null
    members.push({ key, isOptional, fits })
  }
  return members
}

const known = new Map<EventName, readonly Member[] | null>()

function knownMembers(name: EventName): readonly Member[] | null {
  const members = known.get(name)
  if (members !== undefined) return members
  const found = membersOf(name)
  known.set(name, found)
  return found
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** {@link checkedDetail} where each member is one value that fits, as nearly always; else `null`. */
function plainDetail(name: EventName, detail: unknown): CheckedDetail | null {
  const members = knownMembers(name)
  if (members === null || !isObject(detail)) return null
  const checked: Record<string, unknown> = {}
  for (const { key, isOptional, fits } of members) {
    const value = detail[key]
    if (value === undefined && isOptional) continue
    if (!fits(value)) return null
    checked[key] = clipDeep(value)
  }
  return checked
}

/** {@link checkedDetail} by the catalogue's schema alone. */
export function parsedDetail(name: EventName, detail: unknown): CheckedDetail {
  const result = catalogue[name].detail.safeParse(clipDeep(detail))
  // a detail that does not fit must not break the exchange it tells of
  return result.success ? result.data : { invalid: name }
}

/**
 * The detail of an event as it is stored: its texts cut and cleaned, and nothing in it that the
 * catalogue does not name. A tool call is recorded with every call, and the schema takes several
 * times as long, and as much memory, as its members do one by one.
 */
export const checkedDetail = (name: EventName, detail: unknown): CheckedDetail =>
  plainDetail(name, detail) ?? parsedDetail(name, detail)
