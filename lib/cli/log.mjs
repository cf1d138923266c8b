import { format, stripVTControlCharacters } from 'node:util'
import { isJson, messageLine, oneLine, ownMessage } from './lines.mjs'
import { asOwn, guardOutput } from './output.mjs'

/**
 * Log messages besides events, of the commands and the application.
 *
 * @typedef {import('./lines.mjs').Level} Level
 */

/** @param {Level} level @param {string} line */
const print = (level, line) =>
  asOwn(() => void (level === 'info' ? process.stdout : process.stderr).write(`${line}\n`))

/** @param {Error} error */
const ofError = ({ name, message, stack }) => ({ name, message, stack })

/**
 * Logs a message. Lines after the first, of the message or the error, get the prefix of foreign text,
 * because they may be input.
 *
 * @param {Level} level
 * @param {string} message
 * @param {{ error?: unknown, fields?: Readonly<Record<string, unknown>> }} [more] `error` with its
 *   stack; `fields` are for JSON only, because the text of the message contains them
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

/** Logs several lines as text. @param {readonly string[]} lines */
export const sayLines = (lines) => asOwn(() => console.info(lines.map(oneLine).join('\n')))

/** Libraries print to the console: turns their output into JSON lines too. */
function consoleOfJson() {
  for (const method of /** @type {const} */ (['debug', 'info', 'log', 'trace', 'warn', 'error'])) {
    const level = method === 'warn' || method === 'error' ? method : 'info'
    console[method] = (/** @type {unknown[]} */ ...args) => {
      const message = stripVTControlCharacters(format(...args)).trim()
      const error = args.find((one) => one instanceof Error)
      if (message !== '')
        print(level, messageLine(level, message, error && { error: ofError(error) }))
    }
  }
}

/**
 * Makes everything that this process prints either a line of Portico or marked as foreign, without
 * terminal control characters: the output of libraries, Node's warnings, and direct writes to the
 * streams. With JSON lines, all of it is JSON.
 */
export function adoptConsole() {
  guardOutput()
  if (isJson()) consoleOfJson()
  // Node prints warnings past its streams; with warnings turned off, there is no listener
  if (process.listenerCount('warning') === 0) return
  process.removeAllListeners('warning')
  process.on('warning', (error) =>
    isJson() ? say('warn', error.message, { error }) : say('warn', String(error)),
  )
}
