import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A throwaway home directory: no keyring, no key of any model, and a browser that is a file. */
export type Home = {
  readonly folder: string
  /** all that a program started there has as its environment */
  readonly env: Readonly<Record<string, string>>
  /** writes a file of the home, and the folders it stands in */
  write(file: string, text: string): void
  /**
   * Waits until a program opens the browser once more.
   *
   * @param isAlive whether it still may
   * @throws {Error} when that does not come
   */
  untilOpened(isAlive: () => boolean): Promise<string>
  /** forgets all that programs stored there */
  wipe(): void
  remove(): void
}

const patienceMs = 90_000

/** Where programs look for a browser: `BROWSER`, and what desktops have. */
const openers = ['xdg-open', 'open', 'x-www-browser', 'www-browser', 'sensible-browser']

function placeOpeners(folder: string, file: string): string {
  const bin = path.join(folder, 'bin')
  mkdirSync(bin, { recursive: true })
  for (const opener of openers) {
    const program = path.join(bin, opener)
    writeFileSync(program, `#!/bin/sh\nfor word; do echo "$word" >> '${file}'; done\n`)
    chmodSync(program, 0o755)
  }
  return bin
}

const linesOf = (file: string): string[] => {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => URL.canParse(line))
  } catch {
    return []
  }
}

function environment(folder: string, bin: string): Record<string, string> {
  const own = (name: string) => path.join(folder, name)
  return {
    HOME: folder,
    USERPROFILE: folder,
    XDG_CONFIG_HOME: own('.config'),
    XDG_DATA_HOME: own('.local/share'),
    XDG_STATE_HOME: own('.local/state'),
    XDG_CACHE_HOME: own('.cache'),
    XDG_RUNTIME_DIR: own('.run'),
    // no program of the machine's desktop is anybody's browser
    XDG_DATA_DIRS: own('.nothing'),
    XDG_CONFIG_DIRS: own('.nothing'),
    TMPDIR: own('tmp'),
    PATH: [bin, path.dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(
      path.delimiter,
    ),
    BROWSER: path.join(bin, 'xdg-open'),
    // else some say that there is no browser to open
    DISPLAY: ':99',
    LANG: 'C.UTF-8',
    TERM: 'dumb',
    NO_COLOR: '1',
    DO_NOT_TRACK: '1',
  }
}

/** Makes a home. @param name for whoever looks at what lies about */
export function newHome(name: string): Home {
  const folder = mkdtempSync(path.join(os.tmpdir(), `portico-home-${name}-`))
  // outside of the home, which may be wiped
  const outside = mkdtempSync(path.join(os.tmpdir(), `portico-browser-${name}-`))
  const opened = path.join(outside, 'opened')
  const env = environment(folder, placeOpeners(outside, opened))
  const make = () => {
    for (const name of ['XDG_CONFIG_HOME', 'XDG_RUNTIME_DIR', 'TMPDIR'] as const) {
      mkdirSync(String(env[name]), { recursive: true, mode: 0o700 })
    }
  }
  make()
  let seen = 0
  return {
    folder,
    env,
    write: (file, text) => {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
      writeFileSync(path.join(folder, file), text)
    },
    untilOpened: async (isAlive) => {
      for (const late = Date.now() + patienceMs; Date.now() < late && isAlive(); ) {
        const url = linesOf(opened)[seen]
        if (url) {
          seen += 1
          return url
        }
        await sleep(50)
      }
      throw new Error('no browser was opened')
    },
    wipe: () => {
      rmSync(folder, { recursive: true, force: true })
      mkdirSync(folder, { mode: 0o700 })
      make()
    },
    remove: () => {
      for (const one of [folder, outside]) {
        // a program that ends may still be writing
        rmSync(one, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
      }
    },
  }
}
