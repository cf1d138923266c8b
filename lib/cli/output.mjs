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

/**
 * How much of what others write is written: a stranger can have Next print a stack for each request.
 */
const most = { inWindow: 120, windowMs: 60_000 }

/** @typedef {{ own: number, isGuarded?: boolean, since: number, written: number, left: number }} State */

/** One for the process: bundles have copies of this module. @returns {State} */
const state = () => {
  const shared = /** @type {{ __porticoOutput?: State }} */ (globalThis)
  shared.__porticoOutput ??= { own: 0, since: 0, written: 0, left: 0 }
  return shared.__porticoOutput
}

/** @returns {number | null} how many were left out before this one; `null` where it is left out, too */
function takeTurn() {
  const shared = state()
  const now = Date.now()
  const { left } = shared
  if (now - shared.since >= most.windowMs)
    Object.assign(shared, { since: now, written: 0, left: 0 })
  if (shared.written >= most.inWindow) {
    shared.left += 1
    return null
  }
  shared.written += 1
  return shared.written === 1 ? left : 0
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
  const left = said === '' ? null : takeTurn()
  if (left === null) return ''
  const told = left > 0 ? `${left} more messages of libraries were left out\n` : ''
  return `${isJson() ? messageLine(level, told + said) : setIn(told + text)}\n`
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
