import type { Outcome } from '@/lib/vocabulary'

/**
 * The fields of an event, each declared only here. Types, columns, the grouping of events into runs and
 * what handshakes, the log and the tests see are derived from these tables.
 */

/** A field: its type in PostgreSQL. No field has a `value`; it carries the type here. */
export type EventField<Value> = { readonly sql: string; readonly value?: Value }

const field = <Value>(sql: string): EventField<Value> => ({ sql })
const text = field<string>('text')
const integer = field<number>('integer')

/** What every event has, besides its time. */
const certain = {
  name: text,
  outcome: field<Outcome>('"Outcome"'),
  requestId: text,
  detail: field<Readonly<Record<string, unknown>>>('jsonb'),
}

/** An event's own fields, where known. */
const own = {
  status: integer,
  /** from the request's arrival to this event */
  durationMs: integer,
  /** what further requests it stands for: `same` ones, others of its `address`, or `all` of its name */
  fold: field<'same' | 'address' | 'all'>('text'),
}

/** What is known of its request. */
const ofRequest = {
  method: text,
  /** without the query, which may carry a code */
  path: text,
  address: text,
  /** `anthropic`, `loopback`, `private`, `public` */
  network: text,
  userAgent: text,
  /** what the user agent means, such as `Claude (hosted, sign-in)`; see lib/events/agent.ts */
  agent: text,
  /** marks that an edge left on the request */
  edge: field<Readonly<Record<string, string>>>('jsonb'),
}

/** Ids that join it to other events. */
const ids = {
  clientId: text,
  interactionId: text,
  grantId: text,
  sessionId: text,
  userId: text,
}

/** What is written of each event. */
export const ownFields = { ...certain, ...own }
/** The client and the kind of request: written once for many in a row. */
export const sourceFields = { ...ofRequest, ...ids }
/** Every field but the time. */
export const eventFields = { ...ownFields, ...sourceFields }
/** Fields that may be unknown. */
export const uncertainFields = { ...own, ...sourceFields }

type Value<Of> = Of extends EventField<infer Held> ? Held : never
type Certain = { readonly [Name in keyof typeof certain]: Value<(typeof certain)[Name]> }
type Absent<Fields> = { readonly [Name in keyof Fields]?: Value<Fields[Name]> | undefined }
type Nullable<Fields> = { readonly [Name in keyof Fields]: Value<Fields[Name]> | null }

/** The source of an event: unknown fields are absent. */
export type EventSource = Absent<typeof sourceFields>

/** An event as it is written. Its name and detail were already validated against the catalogue. */
export type NewEvent = { readonly at: Date } & Certain & Absent<typeof uncertainFields>

/** What is read of an event, besides its id and time: unknown fields are `null`. */
export type EventFacts = Certain & Nullable<typeof uncertainFields>

/** What is known of a request. */
export type RequestFacts = Nullable<typeof ofRequest>

/** Ids that join events to one another; an exchange learns them as it proceeds. */
export type Ids = { -readonly [Name in keyof typeof ids]?: string | undefined }

const namesOf = <Fields extends object>(fields: Fields) =>
  Object.keys(fields) as (keyof Fields & string)[]

export const ownNames = namesOf(ownFields)
export const sourceNames = namesOf(sourceFields)
export const requestNames = namesOf(ofRequest)
export const idNames = namesOf(ids)

/** The named fields that are known. */
export function known<Type extends object, Name extends keyof Type>(
  from: Type,
  names: readonly Name[],
): { [Known in Name]?: NonNullable<Type[Known]> } {
  const found: { [Known in Name]?: NonNullable<Type[Known]> } = {}
  for (const name of names) found[name] = from[name] ?? undefined
  return found
}
