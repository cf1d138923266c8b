import { isReason } from '@/lib/reasons'
import { catalogue, type EventName, eventNames } from './catalogue'
import type { Member } from './declare'
import { clean } from './text'

/** The detail of an event after validation. */
export type CheckedDetail = Readonly<Record<string, unknown>>

/** How much of a text and of a list is kept. */
const limits = { text: 500, items: 50, item: 200 } as const

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isText = (value: unknown): value is string => typeof value === 'string'

/** Whether a member may hold a value. */
function fits(member: Member, value: unknown): boolean {
  switch (member.kind) {
    case 'text':
      return isText(value)
    case 'integer':
      return Number.isSafeInteger(value)
    case 'flag':
      return typeof value === 'boolean'
    case 'one':
      return isText(value) && member.options.includes(value)
    case 'list':
      return Array.isArray(value) && value.slice(0, limits.items).every(isText)
    case 'reason':
      return isReason(value)
  }
}

/** Cuts and cleans every text, so that a long header cannot make a detail invalid. */
function clipped(value: unknown): unknown {
  if (isText(value)) return clean(value, limits.text)
  if (Array.isArray(value)) {
    const items: unknown[] = value.slice(0, limits.items)
    return items.map((item) => (isText(item) ? clean(item, limits.item) : item))
  }
  if (!isObject(value)) return value
  const known = Object.entries(value).filter(([, item]) => item !== undefined)
  return Object.fromEntries(known.map(([key, item]) => [key, clipped(item)]))
}

/** The members of every detail, computed once: every tool call is recorded. */
const members = new Map<EventName, readonly (readonly [string, Member])[]>(
  eventNames.map((name) => [name, Object.entries<Member>(catalogue[name].detail)]),
)

/**
 * The detail of an event as it is stored: texts are cut and cleaned, and only what the catalogue names is
 * kept. An invalid detail must not break the exchange that it describes.
 */
export function checkedDetail(name: EventName, detail: unknown): CheckedDetail {
  if (!isObject(detail)) return { invalid: name }
  const checked: Record<string, unknown> = {}
  for (const [key, member] of members.get(name) ?? []) {
    const value = detail[key]
    if (value === undefined && member.isOptional) continue
    if (!fits(member, value)) return { invalid: name }
    checked[key] = clipped(value)
  }
  return checked
}
