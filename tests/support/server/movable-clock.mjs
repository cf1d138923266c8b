import { readFileSync } from 'node:fs'

/**
 * Loaded into a server under test: its `Date` runs ahead by as many milliseconds as a file says, so
 * that half an hour passes at once. Timers and measured durations stay as they are.
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
