import { reasonWords } from '@/lib/reasons'
import { reasonFrom } from '@/lib/stored-reasons'

/** Turns a reason into words, because people read the file. */
const worded = (member: string, value: unknown): unknown => {
  const reason = member === 'reason' ? reasonFrom(value) : null
  return reason ? reasonWords(reason) : value
}

const plain = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' ? JSON.stringify(value, worded) : String(value)
}

/** The characters that start a formula in spreadsheets, including full-width forms. */
const formula = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/

/** In some locales a semicolon separates cells; in pasted text, a tab does. */
const formulaWithin = /([;\t\r\n])(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20])/g

/**
 * A value as a cell of a CSV file (RFC 4180). Some values are chosen by strangers, and a spreadsheet runs
 * text that starts with `=`, `+`, `-` or `@` as a formula: such a cell gets an apostrophe in front.
 */
export function csvCell(value: unknown): string {
  const text = plain(value)
  const within = text.replace(formulaWithin, "$1'")
  const inert = formula.test(within) ? `'${within}` : within
  return /[",;\r\n\t]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}
