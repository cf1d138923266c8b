import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, it, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }

/** The units of the guide that take a backup every night. */

const docs = path.join(import.meta.dirname, '../docs')
const read = (name: string): string => readFileSync(path.join(docs, name), 'utf8')
const units = ['portico-backup.service', 'portico-backup.timer']
const [backup, server] = [read('portico-backup.service'), read('portico.service')]

it.each(units)('the guide shows %s as it is', (name) => {
  expect(read('backup.md')).toContain(`\n${read(name).trimEnd()}\n\`\`\``)
})

test.each(['User', 'Group', 'WorkingDirectory', 'EnvironmentFile', 'Environment'])(
  'a backup has the %s of the server: another one would be of another database',
  (name) => {
    const [line = `no ${name}`] = new RegExp(`^${name}=.*$`, 'm').exec(server) ?? []
    expect(backup).toContain(`\n${line}\n`)
  },
)

it('runs the command that the package has', () => {
  expect(backup).toContain(`exec ${manifest.scripts.backup} /var/lib/portico-backups/`)
})

const analyze = '/usr/bin/systemd-analyze'

test.skipIf(!existsSync(analyze))('systemd understands them', () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'portico-units-'))
  for (const name of units) writeFileSync(path.join(directory, name), read(name))
  const files = units.map((name) => path.join(directory, name))
  const { stdout, stderr } = spawnSync(analyze, ['verify', '--man=no', ...files], {
    encoding: 'utf8',
  })
  rmSync(directory, { recursive: true })
  const about = `${stdout}${stderr}`.split('\n').filter((line) => line.includes('portico-backup'))
  expect(about).toEqual([])
})
