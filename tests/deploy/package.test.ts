import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import manifest from '@/package.json'
import { launchBrowser } from '../support/browser/browser.mjs'
import { visit } from '../support/browser/browser-pages'
import { firstVisit } from '../support/people/first-visit'
import { freePort } from '../support/server/free-port.mjs'
import { machineEnv } from '../support/server/machine-env'
import { elsewhere, isOpen } from '../support/server/open-port'
import { admin } from '../support/server/portico-process'
import { startServerProcess } from '../support/server/server-process'

/** The package, from `npm run package` to the first visit, on a machine that has nothing but Node. */

const root = path.join(import.meta.dirname, '../..')
const bytesAllowed = 150e6
let folder: string
let file: string
let browser: Browser

const inFolder = (name: string) => path.join(folder, name)
/** `portico`, as npm has linked it */
const program = () => inFolder('installed/bin/portico')

const filesOf = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(directory, name))
    .filter((name) => lstatSync(name).isFile())

/** Runs to its end, in an empty directory. @returns what it printed */
const run = (command: string, ...args: readonly string[]): string =>
  execFileSync(command, args, { cwd: inFolder('work'), env: machineEnv(), encoding: 'utf8' }).trim()

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'portico-package-'))
  mkdirSync(inFolder('work'))
  const made = execFileSync('npm', ['run', '--silent', 'package'], {
    cwd: root,
    env: machineEnv(),
    encoding: 'utf8',
  })
  file = path.join(root, made.trim().split('\n').at(-1) ?? '')
  run('npm', 'install', '--global', '--prefix', inFolder('installed'), '--no-audit', file)
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('it is small, and says nothing of the machine that made it', () => {
  const files = filesOf(inFolder('installed'))
  const bytes = files.reduce((sum, name) => sum + lstatSync(name).size, 0)
  console.log(`installed: ${(bytes / 1e6).toFixed(1)} MB in ${files.length} files`)
  expect(bytes).toBeLessThan(bytesAllowed)
  const text = files.filter((name) => /\.(m?js|cjs|json)$/.test(name))
  expect(text.filter((name) => readFileSync(name, 'utf8').includes(root))).toEqual([])
})

test('npx starts it from the file', () => {
  // npm takes an absolute path for a program
  copyFileSync(file, inFolder('work/portico.tgz'))
  expect(run('npx', '--yes', './portico.tgz', '--version')).toBe(manifest.version)
})

test('it serves from an empty directory, and keeps its data there', async () => {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const cwd = inFolder('work')
  const ask = () => fetch(`${origin}/mcp`, { method: 'POST' })
  const isReady = () => ask().then(Boolean, () => false)
  const options = { cwd, env: { ...machineEnv(), PORT: String(port) } }
  const server = await startServerProcess(program(), [], options, isReady)

  const refused = await ask()
  expect(refused.status).toBe(401)
  expect(refused.headers.get('www-authenticate')).toContain(`${origin}/.well-known/`)
  expect(await isOpen(elsewhere, port)).toBe(false)
  const data = path.join(cwd, '.data')
  for (const name of ['', 'secret', 'postgres', 'lock.sock']) {
    expect([name, lstatSync(path.join(data, name)).mode & 0o077]).toEqual([name, 0])
  }
  const { page, faults, context } = await visit(browser)
  await expect.poll(server.output).toContain('/setup?token=')
  await page.goto(/http:\S+\/setup\?token=\S+/.exec(server.output())?.[0] ?? '')
  await page.getByLabel('Email').fill(admin.email)
  await page.getByLabel('Password').fill(admin.password)
  await page.getByRole('button', { name: /admin/i }).click()
  await page.waitForURL(/\/sign-in/)
  expect(faults()).toEqual([])
  await context.close()
  expect(await firstVisit(browser, origin)).toBe(admin.email)

  expect(await server.stop()).toBe(0)
  expect(existsSync(path.join(cwd, '.data/postgres'))).toBe(true)
  expect(run(program(), 'operators', 'list')).toContain(`${admin.email}  admin  enabled`)
  expect(run(program(), 'keys', 'list')).toContain('signing')
  expect(run(program(), 'handshakes', 'list')).toContain('connected')
})

test('it says which commands it has, and what is wrong with a setting', () => {
  const failing = (args: readonly string[], more = {}) => {
    try {
      execFileSync(program(), args, {
        cwd: inFolder('work'),
        env: { ...machineEnv(), ...more },
        stdio: 'pipe',
      })
    } catch (error) {
      return error as { status: number; stderr: Buffer }
    }
    throw new Error('it did not fail')
  }
  expect(run(program(), '--help')).toContain('operators')
  expect(failing(['frobnicate']).status).toBe(2)
  expect(failing(['keys', 'frobnicate']).stderr.toString()).toContain('usage: portico keys list')
  const { status, stderr } = failing([], { PORT: '80a', PORTICO_SECRET: 'short' })
  expect(status).toBe(1)
  expect(stderr.toString()).toMatch(/^PORT: .*^PORTICO_SECRET: /ms)
})
