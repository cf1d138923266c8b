import { execFileSync } from 'node:child_process'
import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser/browser.mjs'
import { isRoot } from '../support/deploy/apt.mjs'
import { runOnce, startContainer } from '../support/deploy/container'
import { placeOf, type Stage } from '../support/deploy/image'
import { buildImage, type Layers } from '../support/deploy/image-build'
import { firstVisit } from '../support/people/first-visit'
import { elsewhere, isOpen, portOf } from '../support/server/open-port'
import { admin } from '../support/server/portico-process'

/**
 * The Dockerfile as it is written, step by step, in folders: no engine is needed. What it makes runs
 * as a user that may write to nothing but the volume.
 */

const context = path.join(import.meta.dirname, '../..')
const bytesAllowed = 150e6
const env = { PORTICO_ADMIN_EMAIL: admin.email, PORTICO_ADMIN_PASSWORD: admin.password }
const layers: Layers = new Map()
const folders = new Set<string>()
let browser: Browser
let image: Stage

function build(without: readonly string[] = []): Stage {
  const stage = buildImage(context, { layers, without })
  folders.add(path.dirname(stage.folder))
  return stage
}

/** The image with an empty volume, and without one of its files. */
function copyWithout(missing: string): Stage {
  const folder = mkdtempSync(`${image.folder}-without-`)
  execFileSync('cp', ['-a', `${image.folder}/.`, folder])
  const stage = { ...image, folder }
  for (const volume of stage.volumes) {
    const kept = placeOf(stage, volume)
    for (const name of readdirSync(kept)) rmSync(path.join(kept, name), { recursive: true })
  }
  rmSync(placeOf(stage, missing), { recursive: true })
  return stage
}

/** What goes wrong on the first visit to an image that starts, and says that it is well. */
async function visitFails(stage: Stage): Promise<unknown> {
  const container = await startContainer(stage, env)
  const failure = await firstVisit(browser, container.origin).catch((error: unknown) => error)
  await container.stop()
  return failure
}

beforeAll(async () => {
  image = build()
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

test('what is laid upon the base is small, and belongs to root but for the volume', () => {
  const volumes = image.volumes.map((volume) => placeOf(image, volume))
  const all = readdirSync(image.folder, { recursive: true, encoding: 'utf8' })
  const files = all.map((name) => path.join(image.folder, name))
  const bytes = files.reduce((sum, file) => sum + lstatSync(file).size, 0)
  console.log(`layers: ${(bytes / 1e6).toFixed(1)} MB in ${files.length} files`)
  expect(bytes).toBeLessThan(bytesAllowed)
  const isWritable = (file: string) => {
    const { uid, mode } = lstatSync(file)
    const isLink = (mode & 0o170_000) === 0o120_000
    return !isLink && (uid !== 0 || (mode & 0o022) !== 0)
  }
  if (isRoot()) expect(files.filter(isWritable)).toEqual(volumes)
  expect(image.user).not.toBe('root')
})

test('the volume is closed to other users', () => {
  const modes = image.volumes.map((volume) => lstatSync(placeOf(image, volume)).mode & 0o777)
  expect(modes).toEqual([0o700])
})

test('nothing in it builds anything', () => {
  const modules = readdirSync(placeOf(image, 'server/node_modules'))
  const scoped = readdirSync(placeOf(image, 'server/node_modules/@next'))
  const all = [...modules, ...scoped.map((name) => `@next/${name}`)]
  for (const tool of ['prisma', 'typescript', 'tailwindcss', 'tsx', 'esbuild', 'sharp']) {
    expect(all).not.toContain(tool)
  }
  expect(scoped.filter((name) => name.startsWith('swc'))).toEqual([])
})

test('it is healthy, serves a first visit, and ends when it is asked to', async () => {
  const container = await startContainer(image, env)
  expect(await firstVisit(browser, container.origin)).toBe(admin.email)
  expect(await container.isHealthy()).toBe(true)
  // what an engine publishes reaches it by an address of the container, not by its loopback
  expect(await isOpen(elsewhere, portOf(container.origin))).toBe(true)
  expect(await container.stop()).toBe(0)
  expect(await container.isHealthy()).toBe(false)
  expect(runOnce(image, ['operators', 'list'])).toContain(`${admin.email}  admin  enabled`)
})

test('an image without styles and scripts is found out, although it starts', async () => {
  expect(await visitFails(copyWithout('server/.next/static'))).toBeInstanceOf(Error)
})

test('an image that was built without proxy.ts is found out', async () => {
  expect(String(await visitFails(build(['proxy.ts'])))).toContain('no nonce in')
}, 600_000)
