import { reasonWords } from '@/lib/reasons'
import { reasonFrom } from '@/lib/stored-reasons'

/** A reason is read by a person here. */
const worded = (member: string, value: unknown): unknown => {
  const reason = member === 'reason' ? reasonFrom(value) : null
  return reason ? reasonWords(reason) : value
}

const plain = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' ? JSON.stringify(value, worded) : String(value)
}

/** What spreadsheets take for the beginning of a formula, also in its wide form. */
const formula = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/

/** In some countries a semicolon parts the cells, and a tab does where a text is pasted. */
const formulaWithin = /([;\t\r\n])(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20])/g

/**
 * A value as a cell of a CSV file (RFC 4180). Strangers choose some of them, and a spreadsheet runs
 * as a formula what begins with `=`, `+`, `-` or `@`: such a cell begins with an apostrophe.
 */
export function csvCell(value: unknown): string {
  const text = plain(value)
  const within = text.replace(formulaWithin, "$1'")
  const inert = formula.test(within) ? `'${within}` : within
  return /[",;\r\n\t]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}
