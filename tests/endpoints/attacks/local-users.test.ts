import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { runCommand } from '../../support/server/cli'
import { startPortico } from '../../support/server/portico'

// several processes are started, one after another
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const root = mkdtempSync(path.join(os.tmpdir(), 'portico-local-users-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** What is in a directory, and it. */
const within = (directory: string): string[] => [
  directory,
  ...readdirSync(directory, { recursive: true, encoding: 'utf8' }).map((name) =>
    path.join(directory, name),
  ),
]

const modeOf = (file: string): number => lstatSync(file).mode & 0o777
const isLink = (file: string): boolean => lstatSync(file).isSymbolicLink()

/** What somebody else who works on this machine could read, change or connect to. */
const openToOthers = (directory: string): string[] =>
  within(directory).filter((file) => !isLink(file) && (modeOf(file) & 0o077) !== 0)

function leaveOpen(directory: string): void {
  for (const file of within(directory)) {
    if (!isLink(file)) chmodSync(file, lstatSync(file).isDirectory() ? 0o777 : 0o666)
  }
}

const warnings = (output: string): string[] =>
  output.split('\n').filter((line) => line.startsWith('data directory: '))

test('a data directory that was there before is closed to others, once, and says so', async () => {
  const dataDir = path.join(root, 'before')
  mkdirSync(dataDir)
  chmodSync(dataDir, 0o777)
  const first = await startPortico({ dataDir, isFirst: true })
  expect(openToOthers(dataDir)).toEqual([])
  expect(warnings(first.output())).toHaveLength(1)
  await first.stop()

  // as a release before this one left it, with what is nobody's business
  leaveOpen(dataDir)
  const outside = path.join(root, 'outside')
  writeFileSync(outside, 'not the server’s')
  chmodSync(outside, 0o644)
  const notes = path.join(dataDir, 'notes.txt')
  writeFileSync(notes, 'somebody’s own')
  chmodSync(notes, 0o644)
  const inDatabase = within(dataDir).includes(path.join(dataDir, 'postgres'))
  const link = path.join(dataDir, inDatabase ? 'postgres/link' : 'backup-0.tmp')
  symlinkSync(outside, link)
  const second = await startPortico({ dataDir })
  expect(openToOthers(dataDir)).toEqual([notes])
  expect(modeOf(outside)).toBe(0o644)
  const [closed, linked, ...more] = warnings(second.output())
  expect(closed).toContain(`other users of this machine could reach ${dataDir} and `)
  expect(linked).toContain(`${link} is a symbolic link`)
  expect(more).toEqual([])
  await second.stop()
  rmSync(link)

  const third = await startPortico({ dataDir })
  expect(openToOthers(dataDir)).toEqual([notes])
  expect(warnings(third.output())).toEqual([])
  await third.stop()
})

test('what commands write is nobody else’s to read', async () => {
  const portico = await startPortico({ isFirst: true })
  const backup = path.join(root, 'portico.backup')
  await runCommand(portico, 'backup', 'backup', backup)
  expect(modeOf(backup)).toBe(0o600)
  await portico.stop()
  leaveOpen(portico.dataDir)
  const moved = path.join(root, 'moved')
  mkdirSync(moved)
  chmodSync(moved, 0o777)
  await runCommand(portico, 'backup', 'move', '--to-embedded', moved)
  expect(within(moved)).toContain(path.join(moved, 'secret'))
  expect(openToOthers(moved)).toEqual([])
})
