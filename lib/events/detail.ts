import { isReason } from '@/lib/reasons'
import { catalogue, type EventName, eventNames } from './catalogue'
import type { Member } from './declare'
import { clean } from './text'

/** What the detail of an event holds once it was checked. */
export type CheckedDetail = Readonly<Record<string, unknown>>

/** How much of a text and of a list is kept. */
const detailLimits = { text: 500, items: 50, item: 200 } as const

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isText = (value: unknown): value is string => typeof value === 'string'

/** Cuts and cleans what a reason carries. */
function clipped(value: unknown): unknown {
  if (isText(value)) return clean(value, detailLimits.text)
  if (Array.isArray(value)) {
    const items: unknown[] = value.slice(0, detailLimits.items)
    return items.map((item) => (isText(item) ? clean(item, detailLimits.item) : item))
  }
  if (!isObject(value)) return value
  const known = Object.entries(value).filter(([, item]) => item !== undefined)
  return Object.fromEntries(known.map(([key, item]) => [key, clipped(item)]))
}

function keptList(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined
  const items: unknown[] = value.slice(0, detailLimits.items)
  return items.every(isText) ? items.map((item) => clean(item, detailLimits.item)) : undefined
}

/** A value as a member keeps it; `undefined` where the member holds no such value. */
function kept(member: Member, value: unknown): unknown {
  switch (member.kind) {
    case 'text':
      return isText(value) ? clean(value, detailLimits.text) : undefined
    case 'integer':
      return Number.isSafeInteger(value) ? value : undefined
    case 'flag':
      return typeof value === 'boolean' ? value : undefined
    case 'one':
      return isText(value) && member.options.includes(value) ? value : undefined
    case 'list':
      return keptList(value)
    case 'reason':
      return isReason(value) ? clipped(value) : undefined
  }
}

/** The members of every detail. A tool call is recorded with every call. */
const members = new Map<EventName, readonly (readonly [string, Member])[]>(
  eventNames.map((name) => [name, Object.entries<Member>(catalogue[name].detail)]),
)

/**
 * The detail of an event as it is stored: its texts cut and cleaned, so that a long header cannot make it
 * invalid, and nothing in it that the catalogue does not name. One that does not fit must not break the
 * exchange that it tells of.
 */
export function checkedDetail(name: EventName, detail: unknown): CheckedDetail {
  if (!isObject(detail)) return { invalid: name }
  const checked: Record<string, unknown> = {}
  for (const [key, member] of members.get(name) ?? []) {
    const value = detail[key]
    if (value === undefined && member.isOptional) continue
    const keeps = kept(member, value)
    if (keeps === undefined) return { invalid: name }
    checked[key] = keeps
  }
  return checked
}
