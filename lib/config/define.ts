import { z } from 'zod'
import type {
  Changeable,
  Default,
  FieldTexts,
  PageRow,
  Range,
  Setting,
  SettingPage,
  Texts,
  VariableText,
} from './setting'

const texts = z.custom<Texts>()

type SettingParts<T> = {
  readonly variables: Setting['variables']
  readonly page: SettingPage<T> | undefined
  readonly changeable?: Changeable | null
}

function settingOf<T>(
  schema: z.ZodType<T>,
  { variables, page, changeable = null }: SettingParts<T>,
): Setting<T> {
  const rowOf = ({ group, label, off, format }: SettingPage<T>, value: T): PageRow => {
    const text = format(value)
    const isOn = off === undefined ? null : text !== null
    return { group, label, isOn, value: text ?? off ?? '', variables: Object.keys(variables) }
  }
  const row = page ? (all: Texts) => rowOf(page, schema.parse(all)) : null
  return Object.assign(schema, { variables, row, changeable })
}

function rangeOf(schema: unknown): Range | null {
  if (schema instanceof z.ZodPipe) return rangeOf(schema.in)
  if (!(schema instanceof z.ZodNumber)) return null
  return { min: schema.minValue ?? 0, max: schema.maxValue ?? Number.MAX_SAFE_INTEGER }
}

function textOf(all: Texts, name: string, { default: standard }: VariableText): string | undefined {
  const text = all[name]
  if (text !== undefined || standard === undefined) return text
  if (typeof standard === 'string') return standard
  const { usual, vercel = usual, embedded = usual } = standard
  return all.VERCEL ? vercel : all.DATABASE_URL ? usual : embedded
}

/** Reports issues of a setting under its variables' names, which end each path. */
function fail(context: z.RefinementCtx, { issues }: z.ZodError, name?: string) {
  for (const { message, path } of issues) {
    context.addIssue({ code: 'custom', message, path: name ? [name] : path.slice(1) })
  }
  return z.NEVER
}

type Options<T> = VariableText & {
  readonly page?: SettingPage<T>
  /** an admin may change it while the server runs; stored by its name in lib/config/all.ts */
  readonly dashboard?: FieldTexts
}

/**
 * A setting with one variable. Without a default it is `null` when not set.
 *
 * @param value parses the text; its messages continue “NAME: ”
 */
export function defineSetting<T>(
  name: string,
  value: z.ZodType<T>,
  options: Options<T> & { readonly default: Default },
): Setting<T>
export function defineSetting<T>(
  name: string,
  value: z.ZodType<T>,
  options: Options<T | null>,
): Setting<T | null>
export function defineSetting<T>(
  name: string,
  value: z.ZodType<T>,
  { page, dashboard, ...description }: Options<T | null>,
): Setting<T | null> {
  const range = rangeOf(value)
  const schema = texts.transform((all, context): T | null => {
    const text = textOf(all, name, description)
    const result = text === undefined ? null : value.safeParse(text)
    if (result?.error) return fail(context, result.error, name)
    return result?.data ?? null
  })
  const read = (all: Texts) => {
    const { data } = schema.safeParse(all)
    return typeof data === 'string' || typeof data === 'number' ? data : null
  }
  const changeable = dashboard ? { ...dashboard, variable: name, range, read } : null
  const variables = { [name]: { ...description, range } }
  return settingOf(schema, { variables, page, changeable })
}

type Parts = Readonly<Record<string, Setting>>

/** The variables of several settings. */
export const variablesOf = (parts: Parts): Setting['variables'] =>
  Object.fromEntries(Object.values(parts).flatMap(({ variables }) => Object.entries(variables)))

/** Reads several settings from one environment. */
export const readAll = <P extends Parts>(parts: P, all: Texts) =>
  z.object(parts).safeParse(Object.fromEntries(Object.keys(parts).map((part) => [part, all])))

/** A setting combined from others. @param value receives them and the whole environment */
export function combine<P extends Parts, T>(
  parts: P,
  {
    value,
    page,
  }: {
    readonly value: (own: z.output<z.ZodObject<P>>, all: Texts, context: z.RefinementCtx) => T
    readonly page?: SettingPage<T>
  },
): Setting<T> {
  const schema = texts.transform((all, context): T => {
    const { data, error } = readAll(parts, all)
    return error ? fail(context, error) : value(data, all, context)
  })
  return settingOf(schema, { variables: variablesOf(parts), page })
}

type Whole<V> = { readonly [K in keyof V]: NonNullable<V[K]> }

const isWhole = <V extends object>(values: V): values is V & Whole<V> =>
  Object.values(values).every((value) => value !== null)

/**
 * Settings that need each other: `null` when none is set, an error when only some are. Those with a
 * default may be missing.
 */
export function allOrNone<P extends Parts>(
  parts: P,
  { page }: { readonly page?: SettingPage<Whole<z.output<z.ZodObject<P>>> | null> } = {},
): Setting<Whole<z.output<z.ZodObject<P>>> | null> {
  const variables = variablesOf(parts)
  const needed = Object.keys(variables).filter((name) => variables[name]?.default === undefined)
  const message = needed.length === 2 ? 'set both or neither' : 'set all of them or none'
  const value = (own: z.output<z.ZodObject<P>>, all: Texts, context: z.RefinementCtx) => {
    if (isWhole(own)) return own
    const isNone = needed.every((name) => all[name] === undefined)
    if (!isNone) context.addIssue({ code: 'custom', message, path: needed })
    return isNone ? null : z.NEVER
  }
  return combine(parts, { value, page })
}
