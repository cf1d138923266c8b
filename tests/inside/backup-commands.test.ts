import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { runCommand } from '../support/server/cli'

/** Commands that are run with other settings than the server's make nothing, and say so. */

const rest = mkdtempSync(path.join(os.tmpdir(), 'portico-commands-'))
afterAll(() => rmSync(rest, { recursive: true, force: true }))

type Failure = { readonly code: number; readonly stderr: string }

/** How a command fails on a data directory. @param settings that the server would have */
const failing = (
  dataDir: string,
  settings: Readonly<Record<string, string>>,
  ...words: string[]
): Promise<Failure> =>
  runCommand({ dataDir, origin: 'http://localhost:1' }, 'backup', settings, ...words).then(
    (output) => Promise.reject(new Error(`succeeded: ${output}`)),
    ({ code, stderr }: Failure) => ({ code, stderr }),
  )

const embedded = { DATABASE_URL: '', PORTICO_SECRET: '' }

test.each([
  ['a backup', ['backup', path.join(rest, 'a.backup')]],
  ['a move', ['move', '--to-embedded', path.join(rest, 'target')]],
])('%s of no database is refused, and none is made', async (_, words) => {
  const dataDir = path.join(rest, 'nothing')
  const { code, stderr } = await failing(dataDir, embedded, ...words)
  expect(stderr).toBe(
    `there is no database in ${dataDir}: set PORTICO_DATA_DIR or DATABASE_URL as the server has it\n`,
  )
  expect(code).toBe(1)
  expect(readdirSync(rest)).toEqual([])
})

test('a backup without the secret of the server is refused, and none is made', async () => {
  const dataDir = path.join(rest, 'elsewhere')
  const settings = { ...embedded, DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' }
  const words = ['backup', path.join(rest, 'b.backup')]
  const { code, stderr } = await failing(dataDir, settings, ...words)
  expect(stderr).toBe(
    `there is no master secret in ${dataDir}: set PORTICO_DATA_DIR or PORTICO_SECRET as the server has it\n`,
  )
  expect(code).toBe(1)
  expect(existsSync(dataDir)).toBe(false)
})

test('a move to a directory that has another secret is refused before anything is moved', async () => {
  const { ensureCluster } = await import('@/lib/store/database/cluster')
  const [source, target] = ['source', 'other'].map((name, index) => {
    const dataDir = path.join(rest, name)
    mkdirSync(dataDir)
    writeFileSync(path.join(dataDir, 'secret'), `${String(index).repeat(64)}\n`)
    return dataDir
  }) as [string, string]
  await ensureCluster(path.join(source, 'postgres'))
  const { code, stderr } = await failing(source, embedded, 'move', '--to-embedded', target)
  expect(stderr).toMatch(/other\/secret is another master secret than .*nothing was moved\n$/)
  expect(code).toBe(1)
  expect(readdirSync(target)).toEqual(['secret'])
})
