import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { commands, moduleOf } from '@/lib/cli/command-list.mjs'
import manifest from '@/package.json'

const folder = path.join(import.meta.dirname, '../lib/cli')
const scripts: Readonly<Record<string, string>> = manifest.scripts

it.each(Object.keys(commands))('portico %s is a command of npm, too', (name) => {
  const { module, given } = moduleOf(name)
  expect(scripts[name]?.endsWith([`lib/cli/${module}.ts`, ...given].join(' '))).toBe(true)
})

it('every command on the database ships', () => {
  const onDatabase = readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && name !== 'commands.ts')
    .filter((name) => readFileSync(path.join(folder, name), 'utf8').includes('runCommand('))
    .map((name) => name.replace(/\.ts$/, ''))
  const shipped = new Set(Object.keys(commands).map((name) => moduleOf(name).module))
  expect(onDatabase.filter((name) => !shipped.has(name))).toEqual([])
})
