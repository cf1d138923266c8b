import { changeable } from './all'
import type { Texts } from './setting'

/** The settings an admin has changed, by name; the environment determines the others. */
export type StoredSettings = Readonly<Record<string, string | number>>

/** The values of all changeable settings, by name. */
export type Values = Readonly<Record<string, string | number>>

/** Stored settings as environment variables. A value that is no longer valid counts as absent. */
export const textsOfStored = (stored: StoredSettings): Texts =>
  Object.fromEntries(
    changeable.flatMap(({ name, variable, read }) => {
      const texts = { [variable]: String(stored[name]) }
      return stored[name] === undefined || read(texts) === null ? [] : Object.entries(texts)
    }),
  )

/** The values for an environment. */
export const valuesOf = (all: Texts): Values =>
  Object.fromEntries(changeable.map(({ name, read }) => [name, read(all) ?? '']))
