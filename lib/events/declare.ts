import type { Reason } from '@/lib/reasons'

/** How an event is declared: what its detail may hold, and its words. */

/** The value types of the member kinds. */
type Kinds = {
  readonly text: string
  readonly integer: number
  readonly flag: boolean
  readonly list: readonly string[]
  readonly reason: Reason
}

/** A member of a detail: a value of its kind, or `one` of some texts. */
export type Member = (
  | { readonly kind: keyof Kinds }
  | { readonly kind: 'one'; readonly options: readonly string[] }
) & { readonly isOptional: boolean }

export const text = { kind: 'text', isOptional: false } as const
/** No number has a fraction. */
export const integer = { kind: 'integer', isOptional: false } as const
export const flag = { kind: 'flag', isOptional: false } as const
/** A list of texts. */
export const list = { kind: 'list', isOptional: false } as const
export const reason = { kind: 'reason', isOptional: false } as const
export const oneOf = <const Options extends readonly string[]>(...options: Options) =>
  ({ kind: 'one', options, isOptional: false }) as const
/** One of the keys of a table that has their words. */
export const keyOf = <Key extends string>(table: Readonly<Record<Key, string>>) =>
  oneOf(...(Object.keys(table) as Key[]))
/** A member that may be missing. */
export const optional = <Of extends Member>(
  member: Of,
): Omit<Of, 'isOptional'> & { readonly isOptional: true } => ({ ...member, isOptional: true })

/** What a refusal records: the error sent to the client, and its reason. */
export const refusalMembers = { error: text, description: optional(text), reason: optional(reason) }

/** The allow-list of a detail. */
export type Members = { readonly [Name in string]: Member }

type Held<Of> = Of extends { readonly kind: 'one'; readonly options: readonly (infer Option)[] }
  ? Option
  : Of extends { readonly kind: infer Kind extends keyof Kinds }
    ? Kinds[Kind]
    : never

type MayMiss<Of> = {
  [Name in keyof Of]: Of[Name] extends { readonly isOptional: true } ? Name : never
}[keyof Of]

/** The type of a detail, by its allow-list. */
export type Detail<Of> = { [Name in Exclude<keyof Of, MayMiss<Of>>]: Held<Of[Name]> } & {
  [Name in MayMiss<Of>]?: Held<Of[Name]> | undefined
}

/** An event of the catalogue. */
type Declared<Of, Icon> = {
  /** where the step is defined; by default, by Portico alone */
  readonly section?: string
  /** what is not named here is dropped before it is written: never a token, code or secret */
  readonly detail: Of
  /** its name in plain words */
  readonly label: string
  /** of lucide */
  readonly icon: Icon
  /** what happened; every member may be missing, since an invalid detail is dropped */
  readonly sentence: (detail: Partial<Detail<Of>>) => string
}

/** Declares an event. */
export const event = <Of extends Members, const Icon extends string>(
  declared: Declared<Of, Icon>,
) => ({ section: 'Portico', ...declared })
