import { changeable } from './all'
import type { Texts } from './setting'

/** What an admin has set, by the names of the settings; what is absent is as the environment says. */
export type StoredSettings = Readonly<Record<string, string | number>>

/** Values of what an admin may change, by name. */
export type Values = Readonly<Record<string, string | number>>

/** What is stored, as the environment would say it. A value that is allowed no more counts as absent. */
export const textsOfStored = (stored: StoredSettings): Texts =>
  Object.fromEntries(
    changeable.flatMap(({ name, variable, read }) => {
      const texts = { [variable]: String(stored[name]) }
      return stored[name] === undefined || read(texts) === null ? [] : Object.entries(texts)
    }),
  )

/** What holds where the environment says this. */
export const valuesOf = (all: Texts): Values =>
  Object.fromEntries(changeable.map(({ name, read }) => [name, read(all) ?? '']))
