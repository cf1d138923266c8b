import { stripVTControlCharacters } from 'node:util'
import { isJson, markForeign, messageLine, printable } from './lines.mjs'

/**
 * Filters everything written to the console, so that untrusted text cannot move the cursor or pass for a
 * line of Portico. It does not see what Node prints past its streams: warnings (log.mjs) and fatal
 * errors.
 *
 * @typedef {import('./lines.mjs').Level} Level
 * @typedef {(text: string, level: Level) => string} Rule formats foreign output
 */

/** The limit of foreign output: a stranger can make Next print a stack for each request. */
const most = { inWindow: 120, windowMs: 60_000 }

/** @typedef {{ own: number, isGuarded?: boolean, since: number, written: number, left: number }} State */

/** Shared by the process, because bundles contain copies of this module. @returns {State} */
const state = () => {
  const shared = /** @type {{ __porticoOutput?: State }} */ (globalThis)
  shared.__porticoOutput ??= { own: 0, since: 0, written: 0, left: 0 }
  return shared.__porticoOutput
}

/** @returns {number | null} how many were dropped before this one; `null` to drop this one too */
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

/** Writes lines of Portico, without a prefix. @param {() => void} write synchronous */
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
const foreignRule = (text, level) => {
  const message = stripVTControlCharacters(text).trim()
  const left = message === '' ? null : takeTurn()
  if (left === null) return ''
  const dropped = left > 0 ? `${left} more messages of libraries were left out\n` : ''
  return `${isJson() ? messageLine(level, dropped + message) : markForeign(dropped + text)}\n`
}

/** For commands, whose output is all their own. @type {Rule} */
export const commandRule = (text) => printable(stripVTControlCharacters(text))

/**
 * @param {NodeJS.WriteStream} stream
 * @param {Level} level of foreign output to it
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
 * Filters everything written to the console from now on.
 *
 * @param {Rule} [rule] for output outside {@link asOwn}
 */
export function guardOutput(rule = foreignRule) {
  const shared = state()
  if (shared.isGuarded) return
  shared.isGuarded = true
  guard(process.stdout, 'info', rule)
  guard(process.stderr, 'error', rule)
}
