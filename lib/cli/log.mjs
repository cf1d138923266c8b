import { format, stripVTControlCharacters } from 'node:util'
import { isJson, messageLine, oneLine, ownMessage } from './lines.mjs'
import { asOwn, guardOutput } from './output.mjs'

/**
 * What is said besides events, by the commands and the application alike.
 *
 * @typedef {import('./lines.mjs').Level} Level
 */

/**
 * @param {Level} level
 * @param {string} line
 */
const print = (level, line) =>
  asOwn(() => void (level === 'info' ? process.stdout : process.stderr).write(`${line}\n`))

/** @param {Error} error */
const ofError = ({ name, message, stack }) => ({ name, message, stack })

/**
 * Says something that is no event. Its first line is ours; what comes after a line break, in the message
 * or the error, is set in, since it may be what somebody sent.
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
  asOwn(() => console[level](ownMessage(text)))
}

/**
 * Says several lines of ours, as text.
 *
 * @param {readonly string[]} lines
 */
export const sayLines = (lines) => asOwn(() => console.info(lines.map(oneLine).join('\n')))

/** @type {readonly (readonly ['debug' | 'info' | 'log' | 'warn' | 'error' | 'trace', Level])[]} */
const methods = [
  ['debug', 'info'],
  ['info', 'info'],
  ['log', 'info'],
  ['trace', 'info'],
  ['warn', 'warn'],
  ['error', 'error'],
]

/** Libraries know nothing but the console: where lines are JSON, theirs are, too. */
function consoleOfJson() {
  for (const [method, level] of methods) {
    console[method] = (/** @type {unknown[]} */ ...args) => {
      const message = stripVTControlCharacters(format(...args)).trim()
      const error = args.find((one) => one instanceof Error)
      if (message !== '')
        print(level, messageLine(level, message, error && { error: ofError(error) }))
    }
  }
}

/**
 * Has everything that this process prints be lines of ours or marked as somebody else's, and nothing
 * of it move a terminal's cursor: what libraries print, the warnings of Node itself, and what is
 * written past the console. Where lines are JSON, all of it is.
 */
export function adoptConsole() {
  guardOutput()
  if (isJson()) consoleOfJson()
  // Node prints its warnings past its streams; where it was told not to, nobody listens
  if (process.listenerCount('warning') === 0) return
  process.removeAllListeners('warning')
  process.on('warning', (error) =>
    isJson() ? say('warn', error.message, { error }) : say('warn', String(error)),
  )
}
