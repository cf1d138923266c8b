import type { z } from 'zod'

/** The environment without empty values. */
export type Texts = Readonly<Record<string, string | undefined>>

/** The default of a variable; it may differ on Vercel, or without PostgreSQL. */
export type Default =
  | string
  | { readonly usual: string; readonly vercel?: string; readonly embedded?: string }

/** The description of an environment variable. */
export type VariableText = {
  /** sentences for `.env.example` and docs/settings.md, with backticks; bounds are added to them */
  readonly about: string
  /** further reading: a document of docs/, with the heading */
  readonly see?: string
  readonly default?: Default
  /** the behaviour without it, in Markdown, if there is no default text */
  readonly without?: string
  /** a comment in `.env.example`: an empty value would do harm, or a platform sets it */
  readonly commented?: true
}

/** The bounds of a number. */
export type Range = { readonly min: number; readonly max: number }

/** How a setting of the environment is displayed; never a secret. */
export type SettingPage<T> = {
  readonly group: 'Server' | 'Sign-in' | 'Alerts' | 'Protocol'
  readonly label: string
  /** shown when it is not used; absent if every server has a value */
  readonly off?: string
  /** the displayed value; `null` when it is not used */
  readonly format: (value: T) => string | null
}

/** The same for one server. */
export type PageRow = Pick<SettingPage<unknown>, 'group' | 'label'> & {
  /** `null` if every server has a value */
  readonly isOn: boolean | null
  readonly value: string
  readonly variables: readonly string[]
}

/** The texts of a setting's field in the dashboard. */
export type FieldTexts = {
  /** also used in reports of changes */
  readonly label: string
  readonly hint: string
  /** what a number counts */
  readonly unit?: string
  /** the error for an invalid text; for a number, the bounds by default */
  readonly problem?: string
}

/** A setting that an admin can change while the server runs. */
export type Changeable = FieldTexts & {
  readonly variable: string
  readonly range: Range | null
  /** its value in the unit of the variable; `null` if the text is invalid */
  readonly read: (all: Texts) => string | number | null
}

/** A schema that reads a setting from the whole environment, with its descriptions. */
export type Setting<T = unknown> = z.ZodType<T> & {
  readonly variables: Readonly<Record<string, VariableText & { readonly range: Range | null }>>
  readonly row: ((all: Texts) => PageRow) | null
  readonly changeable: Changeable | null
}
