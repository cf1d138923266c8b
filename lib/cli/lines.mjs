import { stripVTControlCharacters } from 'node:util'

/**
 * The format of log lines: text, or one JSON object each with `PORTICO_LOG=json`.
 *
 * @typedef {'info' | 'warn' | 'error'} Level
 */

/** Whether lines are JSON. Evaluated on each print, because `.env` is read after this module loads. */
export const isJson = () => process.env.PORTICO_LOG === 'json'

/**
 * Characters that move the cursor, change colours or the text direction (C0, DEL, C1, bidi), or that only
 * some programs take for line breaks. Not line feeds and tabs.
 */
const controls =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it matches control characters
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/** Makes an untrusted text safe for a terminal. Line feeds and tabs stay. @param {string} text */
export const printable = (text) => text.replace(controls, '\uFFFD')

/** The same on one line. @param {string} text */
export const oneLine = (text) => printable(text).replace(/[\n\t]/g, ' ')

/** Prefix of every line that does not start a message of Portico. */
const bar = '| '

/**
 * Prefixes each line of a foreign text, so that none can pass for a line of Portico.
 *
 * @param {string} text
 */
export const markForeign = (text) =>
  printable(stripVTControlCharacters(text)).trimEnd().replace(/^/gm, bar)

/**
 * A message of Portico, which may contain foreign text: prefixes all lines but the first.
 *
 * @param {string} text
 */
export const ownMessage = (text) =>
  printable(stripVTControlCharacters(text)).trimEnd().replaceAll('\n', `\n${bar}`)

/**
 * A JSON object on one line with all control characters escaped: JSON itself allows some.
 *
 * @param {Readonly<Record<string, unknown>>} fields
 */
export function jsonText(fields) {
  const text = JSON.stringify(fields)
  return text.replace(controls, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/**
 * A message as a line of JSON.
 *
 * @param {Level} level
 * @param {string} message
 * @param {Readonly<Record<string, unknown>>} [fields]
 */
export const messageLine = (level, message, fields = {}) =>
  jsonText({ time: new Date().toISOString(), level, message, ...fields })
