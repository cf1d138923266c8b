import { format, stripVTControlCharacters } from 'node:util'

/**
 * How lines are printed, for the commands and the application alike: as text, or with
 * `PORTICO_LOG=json` as one JSON object each.
 *
 * @typedef {'info' | 'warn' | 'error'} Level
 */

/** Whether lines are JSON. Asked when something is printed: `.env` is read after this is loaded. */
export const isJson = () => process.env.PORTICO_LOG === 'json'

/** What moves a cursor, changes a colour or turns the direction of what follows (C0, C1, bidi). */
const controls = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu

/**
 * A text that may be shown in a terminal, whoever made it. Line breaks and tabs stay.
 *
 * @param {string} text
 */
export const printable = (text) =>
  /^[ -~]*$/.test(text)
    ? text
    : text.replace(controls, (one) => (one === '\n' || one === '\t' ? one : '\uFFFD'))

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

/**
 * @param {Level} level
 * @param {string} line
 */
const print = (level, line) =>
  void (level === 'info' ? process.stdout : process.stderr).write(`${line}\n`)

/** @param {Error} error */
const ofError = ({ name, message, stack }) => ({ name, message, stack })

/**
 * Says something that is no event.
 *
 * @param {Level} level
 * @param {string} message
 * @param {{ error?: unknown, fields?: Readonly<Record<string, unknown>> }} [more] `error` with its
 *   stack; `fields` are told in JSON only, where the message of a text has them already
 */
export function say(level, message, { error, fields } = {}) {
  if (isJson()) {
    const cause = error instanceof Error ? ofError(error) : error
    print(level, messageLine(level, message, { ...fields, ...(cause ? { error: cause } : {}) }))
    return
  }
  const text = error === undefined ? message : `${message} ${format(error)}`
  console[level](printable(text))
}

/** @type {readonly (readonly ['debug' | 'info' | 'log' | 'warn' | 'error' | 'trace', Level])[]} */
const methods = [
  ['debug', 'info'],
  ['info', 'info'],
  ['log', 'info'],
  ['trace', 'info'],
  ['warn', 'warn'],
  ['error', 'error'],
]

/**
 * Has everything that is printed be JSON, also by libraries, which know nothing but the console,
 * and the warnings of Node itself. Nothing happens where lines are text.
 */
export function adoptConsole() {
  if (!isJson()) return
  for (const [method, level] of methods) {
    console[method] = (/** @type {unknown[]} */ ...args) => {
      const message = stripVTControlCharacters(format(...args)).trim()
      const error = args.find((one) => one instanceof Error)
      if (message !== '')
        print(level, messageLine(level, message, error && { error: ofError(error) }))
    }
  }
  process.removeAllListeners('warning')
  process.on('warning', (error) => say('warn', error.message, { error }))
}
