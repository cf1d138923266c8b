import { stripVTControlCharacters } from 'node:util'
import { isJson, messageLine, printable, setIn } from './lines.mjs'

/**
 * The last door before the console: whatever is written passes it, whoever writes it, so that nothing
 * that a stranger sent moves a cursor or passes for a line of ours. What Node prints past its streams
 * is not seen here: its warnings (log.mjs), and its last words.
 *
 * @typedef {import('./lines.mjs').Level} Level
 * @typedef {(text: string, level: Level) => string} Rule how what others write is written
 */

/** One for the process: bundles have copies of this module. @returns {{ own: number, isGuarded?: boolean }} */
const state = () => {
  const shared = /** @type {{ __porticoOutput?: { own: number, isGuarded?: boolean } }} */ (
    globalThis
  )
  shared.__porticoOutput ??= { own: 0 }
  return shared.__porticoOutput
}

/**
 * Writes what is ours: lines that begin at the margin.
 *
 * @param {() => void} write synchronous
 */
export function asOwn(write) {
  const shared = state()
  shared.own += 1
  try {
    write()
  } finally {
    shared.own -= 1
  }
}

/** @type {Rule} */
const asForeign = (text, level) => {
  const said = stripVTControlCharacters(text).trim()
  if (said === '') return ''
  return `${isJson() ? messageLine(level, said) : setIn(text)}\n`
}

/** What a command prints is its own, whatever it tells of. @type {Rule} */
export const asItIs = (text) => printable(stripVTControlCharacters(text))

/**
 * @param {NodeJS.WriteStream} stream
 * @param {Level} level of what others write to it
 * @param {Rule} rule
 */
function guard(stream, level, rule) {
  const write = /** @type {(text: string, encoding: 'utf8', done?: () => void) => boolean} */ (
    stream.write.bind(stream)
  )
  stream.write = (
    /** @type {string | Uint8Array} */ chunk,
    /** @type {unknown} */ encoding = undefined,
    /** @type {unknown} */ done = undefined,
  ) => {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8')
    const callback = /** @type {(() => void) | undefined} */ (
      typeof encoding === 'function' ? encoding : done
    )
    return write(state().own > 0 ? printable(text) : rule(text, level), 'utf8', callback)
  }
}

/**
 * Has everything that is written to the console pass through here, from now on.
 *
 * @param {Rule} [rule] for what is not {@link asOwn}
 */
export function guardOutput(rule = asForeign) {
  const shared = state()
  if (shared.isGuarded) return
  shared.isGuarded = true
  guard(process.stdout, 'info', rule)
  guard(process.stderr, 'error', rule)
}
