import { stripVTControlCharacters } from 'node:util'

/**
 * How lines look: as text, or with `PORTICO_LOG=json` as one JSON object each.
 *
 * @typedef {'info' | 'warn' | 'error'} Level
 */

/** Whether lines are JSON. Asked when something is printed: `.env` is read after this is loaded. */
export const isJson = () => process.env.PORTICO_LOG === 'json'

/**
 * What moves a cursor, changes a colour or turns the direction of what follows (C0, DEL, C1, bidi), or
 * is a line break to some readers and none to others. Line breaks and tabs are not among it.
 */
const controls =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/**
 * A text that may be shown in a terminal, whoever made it. Line breaks and tabs stay.
 *
 * @param {string} text
 */
export const printable = (text) => text.replace(controls, '\uFFFD')

/**
 * The same on one line.
 *
 * @param {string} text
 */
export const oneLine = (text) => printable(text).replace(/[\n\t]/g, ' ')

/** Stands before each line that is not the beginning of one of ours, and before none that is. */
const bar = '| '

/**
 * A text of somebody else, such that none of its lines can pass for one of ours.
 *
 * @param {string} text
 */
export const setIn = (text) =>
  printable(stripVTControlCharacters(text)).trimEnd().replace(/^/gm, bar)

/**
 * A message of ours, which may end with what somebody else said: whatever follows its first line is
 * set in.
 *
 * @param {string} text
 */
export const ownMessage = (text) =>
  printable(stripVTControlCharacters(text)).trimEnd().replaceAll('\n', `\n${bar}`)

/**
 * A JSON object on one line, with every control character escaped: JSON itself lets some through.
 *
 * @param {Readonly<Record<string, unknown>>} fields
 */
export function jsonText(fields) {
  const text = JSON.stringify(fields)
  return text.replace(controls, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/**
 * A message that is no event, as a line of JSON.
 *
 * @param {Level} level
 * @param {string} message
 * @param {Readonly<Record<string, unknown>>} [fields]
 */
export const messageLine = (level, message, fields = {}) =>
  jsonText({ time: new Date().toISOString(), level, message, ...fields })
