import { readFileSync } from 'node:fs'

/**
 * Preloaded into a server under test: its `Date` is ahead by the milliseconds in a file, so
 * that half an hour passes at once. Timers and measured durations stay the same.
 */

const file = String(process.env.TEST_CLOCK_FILE)
const RealDate = Date
let ahead = 0

function read() {
  try {
    ahead = Number(readFileSync(file, 'utf8')) || 0
  } catch {
    // not written yet
  }
}

read()
setInterval(read, 20).unref()

const now = () => RealDate.now() + ahead

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, type) =>
    Reflect.construct(target, given.length > 0 ? given : [now()], type),
  apply: () => new RealDate(now()).toString(),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
})
