import type { z } from 'zod'

/** The environment, without what is empty. */
export type Texts = Readonly<Record<string, string | undefined>>

/** A text that stands for a variable that is not set; another one on Vercel, or without PostgreSQL. */
export type Default =
  | string
  | { readonly usual: string; readonly vercel?: string; readonly embedded?: string }

/** What is said of a variable of the environment. */
export type VariableText = {
  /** sentences for `.env.example` and docs/settings.md, with backticks; bounds are added to them */
  readonly about: string
  /** where more is said: a document of docs/, with the heading */
  readonly see?: string
  readonly default?: Default
  /** what holds without it, in Markdown, where that is no text of its own */
  readonly without?: string
  /** stands in `.env.example` as a comment: an empty value would do harm, or a platform sets it */
  readonly commented?: true
}

/** The least and the most of a number. */
export type Range = { readonly min: number; readonly max: number }

/** How a setting is shown among what the environment says; never a secret. */
export type Page<T> = {
  readonly group: 'Server' | 'Sign-in' | 'Alerts' | 'Protocol'
  readonly label: string
  /** what is said where it is not used; left out where every server has one */
  readonly off?: string
  /** what it is; `null` where it is not used */
  readonly says: (value: T) => string | null
}

/** The same for one server. */
export type PageRow = Pick<Page<unknown>, 'group' | 'label'> & {
  /** `null` where every server has one */
  readonly isOn: boolean | null
  readonly value: string
  readonly variables: readonly string[]
}

/** What an admin reads who may change a setting in the dashboard. */
export type Field = {
  /** also where a change of it is told */
  readonly label: string
  readonly hint: string
  /** what a number counts */
  readonly unit?: string
  /** what is said of a text that is none of its values; of a number, its bounds */
  readonly problem?: string
}

/** A setting that an admin can change while the server runs. */
export type Changeable = Field & {
  readonly variable: string
  readonly range: Range | null
  /** its value, in the unit of the variable; `null` where the text is none of its values */
  readonly read: (all: Texts) => string | number | null
}

/** A schema that reads a setting from the whole environment, with all that is told of it elsewhere. */
export type Setting<T = unknown> = z.ZodType<T> & {
  readonly variables: Readonly<Record<string, VariableText & { readonly range: Range | null }>>
  readonly row: ((all: Texts) => PageRow) | null
  readonly changeable: Changeable | null
}
