import { catalogue, type EventDetail, type EventName, eventNames } from '@/lib/events/catalogue'
import type { Member } from '@/lib/events/declare'

function sampleOf(name: string, member: Member): unknown {
  switch (member.kind) {
    case 'text':
      return `some ${name}`
    case 'integer':
      return 7
    case 'flag':
      return true
    case 'one':
      return member.options[0]
    case 'list':
      return [`some ${name}`]
    case 'reason':
      return { kind: 'other', text: `some ${name}` }
  }
}

/** An event's detail with every optional member. */
export const sampleDetail = <Name extends EventName>(name: Name) =>
  Object.fromEntries(
    Object.entries<Member>(catalogue[name].detail).map(([key, member]) => [
      key,
      sampleOf(key, member),
    ]),
  ) as EventDetail<Name>

/** A detail of every event. */
export const eventSamples = Object.fromEntries(
  eventNames.map((name) => [name, sampleDetail(name)]),
) as { readonly [Name in EventName]: EventDetail<Name> }
