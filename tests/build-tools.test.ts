import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { missingToolsAdvice } from '@/lib/cli/build-advice.mjs'

/** A clone after `npm install --omit=dev`: what starts is there, what builds is not. */
const clone = mkdtempSync(path.join(os.tmpdir(), 'portico-clone-'))
const root = path.join(import.meta.dirname, '..')
cpSync(path.join(root, 'lib/cli'), path.join(clone, 'lib/cli'), { recursive: true })
for (const name of ['@next/env', '@hono/node-server', 'next']) {
  const link = path.join(clone, 'node_modules', name)
  mkdirSync(path.dirname(link), { recursive: true })
  symlinkSync(path.join(root, 'node_modules', name), link, 'dir')
}

afterAll(() => rmSync(clone, { recursive: true, force: true }))

const run = (script: string) =>
  spawnSync(process.execPath, [`lib/cli/${script}.mjs`], { cwd: clone, encoding: 'utf8' })

it('says how to get what a build needs, and starts nothing', () => {
  const { status, stderr } = run('start')
  expect(status).toBe(1)
  expect(stderr).toContain('npm install --include=dev')
  expect(stderr).not.toContain('    at ')
})

it('lets an installation without it pass, with the same words', () => {
  const { status, stderr } = run('prisma-generate')
  expect(status).toBe(0)
  expect(stderr).toContain('npm install --include=dev')
})

it('has nothing to say where all of it is', () => {
  expect(missingToolsAdvice()).toBeNull()
})
