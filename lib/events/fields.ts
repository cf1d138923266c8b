import type { Outcome } from '@/lib/vocabulary'

/**
 * The fields of an event, each declared here alone. Its types, its columns, what tells one run of events
 * from the next and what a handshake, the log and the tests see of it are derived from these tables.
 */

/** A field: its type in PostgreSQL. No field has a `value`; it names the type here. */
export type Field<Value> = { readonly sql: string; readonly value?: Value }

const field = <Value>(sql: string): Field<Value> => ({ sql })
const text = field<string>('text')
const integer = field<number>('integer')

/** What every event has, beside its time. */
const certain = {
  name: text,
  outcome: field<Outcome>('"Outcome"'),
  requestId: text,
  detail: field<Readonly<Record<string, unknown>>>('jsonb'),
}

/** What tells it from others of its source, where it is known. */
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
  /** what the user agent means, such as `Claude (hosted, sign-in)`; lib/events/agent.ts */
  agent: text,
  /** marks that an edge left on the request */
  edge: field<Readonly<Record<string, string>>>('jsonb'),
}

/** What joins it to others. */
const ids = {
  clientId: text,
  interactionId: text,
  grantId: text,
  sessionId: text,
  userId: text,
}

/** What is written of each event. */
export const ownFields = { ...certain, ...own }
/** Who it came from, and with what kind of request: written once for many in a row. */
export const sourceFields = { ...ofRequest, ...ids }
/** Every field but the time. */
export const eventFields = { ...ownFields, ...sourceFields }
/** Those of which nothing may be known. */
export const uncertainFields = { ...own, ...sourceFields }

type Value<Of> = Of extends Field<infer Held> ? Held : never
type Certain = { readonly [Name in keyof typeof certain]: Value<(typeof certain)[Name]> }
type Absent<Fields> = { readonly [Name in keyof Fields]?: Value<Fields[Name]> | undefined }
type Nullable<Fields> = { readonly [Name in keyof Fields]: Value<Fields[Name]> | null }

/** Who an event came from: what is not known is absent. */
export type EventSource = Absent<typeof sourceFields>

/** An event as it is written. Its name and detail were checked against the catalogue before. */
export type NewEvent = { readonly at: Date } & Certain & Absent<typeof uncertainFields>

/** What is read of an event, beside its id and time: what is not known is `null`. */
export type EventFacts = Certain & Nullable<typeof uncertainFields>

/** What is known of a request. */
export type RequestFacts = Nullable<typeof ofRequest>

/** Ids that join events to one another; an exchange learns them as it goes. */
export type Ids = { -readonly [Name in keyof typeof ids]?: string | undefined }

const namesOf = <Fields extends object>(fields: Fields) =>
  Object.keys(fields) as (keyof Fields & string)[]

export const ownNames = namesOf(ownFields)
export const sourceNames = namesOf(sourceFields)
export const requestNames = namesOf(ofRequest)
export const idNames = namesOf(ids)

/** The named fields as far as they are known. */
export function known<Type extends object, Name extends keyof Type>(
  from: Type,
  names: readonly Name[],
): { [Known in Name]?: NonNullable<Type[Known]> } {
  const found: { [Known in Name]?: NonNullable<Type[Known]> } = {}
  for (const name of names) found[name] = from[name] ?? undefined
  return found
}
