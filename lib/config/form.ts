import { changeable, settingGroups } from './all'
import { contradictions } from './contradictions'
import { environment, envWith } from './env'
import type { Changeable, PageRow, Texts } from './setting'
import type { StoredSettings, Values } from './stored'

/** A setting that an admin may change, as the settings page shows it. */
export type SettingField = {
  readonly name: string
  readonly label: string
  readonly hint: string
  /** what a number counts; `null` for a text */
  readonly unit: string | null
  readonly value: string
  /** the value without a change in the dashboard */
  readonly fromEnvironment: string
  /** whether it was set in the dashboard */
  readonly isSet: boolean
}

/** The names of the form's fields. */
export const settingNames: readonly string[] = changeable.map(({ name }) => name)

/** Their labels in reports of changes. */
export const settingWords: Readonly<Record<string, string>> = Object.fromEntries(
  changeable.map(({ name, label, unit }) => [name, unit ? `${label}, ${unit}` : label]),
)

const whole = new Intl.NumberFormat('en')

/** @param values the current values, and those without any change in the dashboard */
export const fieldOf = (
  { name, label, hint, unit, range }: (typeof changeable)[number],
  stored: StoredSettings,
  [present, standard]: readonly [Values, Values],
): SettingField => ({
  name,
  label,
  hint: range ? `${whole.format(range.min)} to ${whole.format(range.max)}. ${hint}` : hint,
  unit: unit ?? null,
  value: String(present[name]),
  fromEnvironment: String(standard[name]),
  isSet: stored[name] !== undefined,
})

/** Independent of the environment. */
const passwords: PageRow = {
  group: 'Sign-in',
  label: 'Email and password, passkey',
  isOn: true,
  value: 'For every account that has one',
  variables: [],
}

/** The environment's settings for display, without secrets. */
export function environmentRows(): PageRow[] {
  const texts = environment()
  return [passwords, ...Object.values(settingGroups).flatMap(({ row }) => row?.(texts) ?? [])]
}

/** The problem with a typed text, or `null`. */
function problemOf({ variable, range, read, problem }: Changeable, text: string): string | null {
  const isTyped = text !== '' && (range === null || /^\d{1,6}$/.test(text))
  if (isTyped && read({ [variable]: text }) !== null) return null
  return problem ?? `Enter a whole number from ${range?.min} to ${range?.max}.`
}

type Checked = { readonly texts: Texts; readonly problems: Readonly<Record<string, string>> }

/** The typed values as environment variables, and the problems by field. */
export function check(input: Readonly<Record<string, string>>): Checked {
  const typed = changeable.map((one) => ({ ...one, text: input[one.name]?.trim() ?? '' }))
  const texts = Object.fromEntries(typed.map(({ variable, text }) => [variable, text]))
  const alone = typed.flatMap((one) => {
    const problem = problemOf(one, one.text)
    return problem === null ? [] : [[one.name, problem]]
  })
  if (alone.length > 0) return { texts, problems: Object.fromEntries(alone) }
  const together = contradictions(envWith(texts)).flatMap(({ variables, message, inForm }) =>
    changeable
      .filter(({ variable }) => variables.includes(variable))
      .map(({ name }) => [name, inForm ?? message]),
  )
  return { texts, problems: Object.fromEntries(together) }
}
