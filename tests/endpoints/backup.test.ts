import { createHash } from 'node:crypto'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseFor, dropDatabaseFor } from '../support/database/portico-database'
import { callTool, startLoad } from '../support/load/mixed-load'
import { isRefused } from '../support/load/outage'
import { type Connection, connect, refresh, tokensOf } from '../support/oauth/oauth-tokens'
import { runCommand } from '../support/server/cli'
import { startPortico } from '../support/server/portico'
import type { Portico } from '../support/server/portico-process'
import { newDataDir } from '../support/server/template'

/** A backup is taken while the server runs, and what is restored of it goes on as if nothing had been. */

let first: Portico
let connection: Connection
let folder: string
let file: string
let told: string

/** What a place holds: only the folder for the embedded database, and a database of that name. */
type Place = Pick<Portico, 'dataDir' | 'origin'>
const places: string[] = []

/** Somewhere else, with nothing in it but the secret. */
function newPlace(): Place {
  const dataDir = newDataDir(true)
  places.push(dataDir)
  copyFileSync(path.join(first.dataDir, 'secret'), path.join(dataDir, 'secret'))
  return { dataDir, origin: first.origin }
}

/** Starts where the server before was reached: its tokens name that address. */
const startAt = ({ dataDir, origin }: Place, env: Readonly<Record<string, string>> = {}) =>
  startPortico({ dataDir, port: Number(new URL(origin).port), env })

const failing = (command: Promise<string>): Promise<string> =>
  command.then(
    (output) => `succeeded: ${output}`,
    (error: { stderr: string }) => error.stderr,
  )

/** That a server knows a connection of another one: its token, and how it goes on. */
async function expectToGoOn({ origin }: Portico): Promise<void> {
  expect((await callTool(origin, connection.tokens.access_token)).status).toBe(200)
  const renewed = tokensOf(await refresh(origin, connection, connection.tokens.refresh_token))
  expect((await callTool(origin, renewed.access_token)).status).toBe(200)
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'portico-backup-'))
  file = path.join(folder, 'portico.backup')
  first = await startPortico()
  connection = await connect(first.origin)
  await callTool(first.origin, connection.tokens.access_token)
  const load = await startLoad(first.origin, 20)
  told = await runCommand(first, 'backup', 'backup', file)
  await load.stop()
  expect(load.answers.filter(({ status }) => isRefused(status))).toEqual([])
  await first.stop()
})

afterAll(async () => {
  await Promise.all(places.map(dropDatabaseFor))
  for (const place of [folder, ...places]) rmSync(place, { recursive: true, force: true })
})

test('it is for its owner alone, says how much is in it, and that the secret is not', () => {
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(told).toMatch(/^ {2}Grant +[1-9]/m)
  expect(told).toContain('The master secret')
  const secret = readFileSync(path.join(first.dataDir, 'secret'), 'utf8').trim()
  expect(gunzipSync(readFileSync(file)).includes(secret)).toBe(false)
})

test('a connection from before goes on where it was restored', async () => {
  const place = newPlace()
  const restored = await runCommand(place, 'backup', 'restore', file)
  expect(restored).toMatch(/^ {2}AccessToken +[1-9]/m)
  const second = await startAt(place)
  await expectToGoOn(second)
  await second.stop()
  expect(await failing(runCommand(place, 'backup', 'restore', file))).toMatch(
    /this database is not empty \(.*Grant/,
  )
})

test('a move takes everything along, there and back, and counts it', async () => {
  const place = newPlace()
  await runCommand(place, 'backup', 'restore', file)
  const directory = newDataDir(true)
  places.push(directory)
  const there = await runCommand(place, 'backup', 'move', '--to-embedded', directory)
  const counted = /^ {2}in all +(\d+) {2}(\d+)$/m
  const [, before, after] = counted.exec(there) ?? []
  expect(before).toBe(after)
  expect(Number(after)).toBeGreaterThan(20)
  const url = await databaseFor(newPlace().dataDir)
  if (url !== null) {
    const away = { dataDir: directory, origin: first.origin }
    const back = await runCommand(away, 'backup', { DATABASE_URL: '' }, 'move', '--to', url)
    expect(counted.exec(back)?.slice(1)).toEqual([before, after])
  }
  const moved = await startAt({ dataDir: directory, origin: first.origin }, { DATABASE_URL: '' })
  await expectToGoOn(moved)
  await moved.stop()
})

describe('a file is refused', () => {
  const withContent = (name: string, content: Buffer): string => {
    const changed = path.join(folder, name)
    writeFileSync(changed, content)
    return changed
  }
  const lines = () => gunzipSync(readFileSync(file)).toString().trimEnd().split('\n')
  /** With another header, and a checksum that fits. */
  const withHeader = (changes: object): Buffer => {
    const [header = '', ...rest] = lines()
    const body = [JSON.stringify({ ...JSON.parse(header), ...changes }), ...rest.slice(0, -1)]
    const sha256 = createHash('sha256')
      .update(`${body.join('\n')}\n`)
      .digest('hex')
    const trailer = JSON.stringify({ ...JSON.parse(rest.at(-1) ?? ''), sha256 })
    return gzipSync(`${[...body, trailer].join('\n')}\n`)
  }
  const swapped = (): Buffer => {
    const all = lines()
    return gzipSync(`${[...all.slice(0, 2), ...all.slice(3)].join('\n')}\n`)
  }

  test.each([
    ['that was cut', () => readFileSync(file).subarray(0, -200), /is damaged or cut/],
    ['that lacks a part', swapped, /is damaged or cut: its checksum is another one/],
    [
      'that ends early',
      () => gzipSync(`${lines().slice(0, -1).join('\n')}\n`),
      /its end is missing/,
    ],
    ['of something else', () => gzipSync('{"hello":1}\n'), /is no backup of Portico/],
    ['that is no gzip', () => Buffer.from('select 1;\n'), /is no backup of Portico/],
    [
      'of a newer format',
      () => withHeader({ format: 2, release: '9.0.0' }),
      /was written by a newer release of Portico \(9\.0\.0\)/,
    ],
    [
      'with tables of a newer release',
      () => withHeader({ migrations: ['20990101000000_later'] }),
      /newer release of Portico \(this one does not know 20990101000000_later\)/,
    ],
    [
      'whose keys are sealed under another secret',
      () => withHeader({ secret: 'anotherOne12' }),
      /needs the master secret anotherOne12, and the one here is /,
    ],
  ])('%s', async (name, content, words) => {
    const changed = withContent(name.replaceAll(' ', '-'), content())
    expect(await failing(runCommand(newPlace(), 'backup', 'restore', changed))).toMatch(words)
  })
})

test('data of a newer release is refused at the start', async () => {
  const later = `insert into _prisma_migrations (id, checksum, finished_at, migration_name)
    values ('later', 'x', now(), '20990101000000_later')`
  await expect(startPortico({ stored: [later] })).rejects.toThrow(
    /this database was written by a newer release of Portico .*20990101000000_later/,
  )
})
