import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { installPackage } from '../deploy/apt.mjs'

/** The first is headless only, which saves a quarter of a browser's time. */
const usualPlaces = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

const quiet = [
  // no request leaves the test, least of all to Claude
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

function onThisMachine() {
  const places = [process.env.CHROMIUM_PATH, chromium.executablePath(), ...usualPlaces]
  return places.find((place) => place && existsSync(place)) ?? null
}

function download() {
  const cli = path.join(
    path.dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')),
    'cli.js',
  )
  console.log('downloading a browser')
  spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: 'ignore' })
}

/**
 * The Chromium to test with: `CHROMIUM_PATH`, Playwright's own, or the machine's; else a Debian
 * package, which includes its libraries, else a download.
 *
 * @returns {string | null} its path
 */
export function findBrowser() {
  const packages = ['chromium-headless-shell', 'chromium'].map((name) => () => installPackage(name))
  for (const get of [() => {}, ...packages, download]) {
    get()
    const found = onThisMachine()
    if (found) return found
  }
  return null
}

/**
 * A headless browser. Use `http://localhost`, not 127.0.0.1: cookies differ.
 *
 * @throws if no browser can be found or installed
 */
export async function launchBrowser() {
  const executablePath = findBrowser()
  if (!executablePath) throw new Error('no Chromium: set CHROMIUM_PATH')
  return chromium.launch({ executablePath, args: quiet })
}
