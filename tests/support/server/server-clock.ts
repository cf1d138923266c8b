import { renameSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** The clock of servers under test, which can be moved ahead. */
export type ServerClock = {
  /** environment for a server; see movable-clock.mjs */
  readonly env: Readonly<Record<'TEST_CLOCK_FILE' | 'NODE_OPTIONS', string>>
  /** milliseconds since the epoch */
  now(): number
  /** moves it ahead; a server notices within 20 ms */
  later(ms: number): void
  remove(): void
}

let made = 0

/** A clock that shows the real time until it is moved. */
export function serverClock(): ServerClock {
  made += 1
  const file = path.join(os.tmpdir(), `portico-clock-${process.pid}-${made}`)
  const module = path.join(import.meta.dirname, 'movable-clock.mjs')
  let ahead = 0
  // atomically: a server reads it at any time
  const write = () => {
    writeFileSync(`${file}.new`, String(ahead))
    renameSync(`${file}.new`, file)
  }
  write()
  return {
    env: { TEST_CLOCK_FILE: file, NODE_OPTIONS: `--import=${module}` },
    now: () => Date.now() + ahead,
    later: (ms) => {
      ahead += ms
      write()
    },
    remove: () => rmSync(file, { force: true }),
  }
}
