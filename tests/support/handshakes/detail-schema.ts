import { z } from 'zod'
import { catalogue, type EventName } from '@/lib/events/catalogue'
import type { Member } from '@/lib/events/declare'
import type { CheckedDetail } from '@/lib/events/detail'
import { clean } from '@/lib/events/text'
import { isReason } from '@/lib/reasons'

/** What a detail may hold, as a Zod schema, independent of the production validator. */

function schemaOfMember(member: Member): z.ZodType {
  switch (member.kind) {
    case 'text':
      return z.string().max(500)
    case 'integer':
      return z.int()
    case 'flag':
      return z.boolean()
    case 'one':
      return z.enum([...member.options])
    case 'list':
      return z.array(z.string().max(200)).max(50)
    case 'reason':
      return z.custom(isReason)
  }
}

/** The schema of an event's detail; drops unknown members. */
export const detailSchema = (name: EventName): z.ZodObject =>
  z.object(
    Object.fromEntries(
      Object.entries<Member>(catalogue[name].detail).map(([key, member]) => {
        const schema = schemaOfMember(member)
        return [key, member.isOptional ? schema.optional() : schema]
      }),
    ),
  )

/** Shortens and cleans every text. */
function clipDeep(value: unknown): unknown {
  if (typeof value === 'string') return clean(value, 500)
  if (Array.isArray(value)) {
    return value.slice(0, 50).map((item) => (typeof item === 'string' ? clean(item, 200) : item))
  }
  if (typeof value !== 'object' || value === null) return value
  const known = Object.entries(value).filter(([, item]) => item !== undefined)
  return Object.fromEntries(known.map(([key, item]) => [key, clipDeep(item)]))
}

/** The detail as the schema parses it. */
export function parsedDetail(name: EventName, detail: unknown): CheckedDetail {
  const result = detailSchema(name).safeParse(clipDeep(detail))
  return result.success ? result.data : { invalid: name }
}
