import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { BackupError, checkBackup, portionLine } from '@/lib/store/backup/format'

/** A file that says it is a backup is read with care: it may come from anywhere. */

const folder = mkdtempSync(path.join(os.tmpdir(), 'portico-format-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const header = {
  portico: 'backup',
  format: 1,
  release: '0.1.0',
  kind: 'embedded',
  takenAt: '2026-11-28T03:15:00.000Z',
  secret: 'fingerprint1',
  migrations: ['20260101000000_first'],
}
const end = { end: true, counts: { User: 2 }, sequences: { User_seq: ['7', true] } }
const portion = portionLine({ table: 'User', count: 2, rows: '{"id":"é"},{"id":"\\n"}' })

/** Lines as a file, with the checksum that they have. */
function written(first: object, last: object, middle: string = portion): string {
  const body = `${JSON.stringify(first)}\n${middle}\n`
  const sha256 = createHash('sha256').update(body).digest('hex')
  return asFile(gzipSync(`${body}${JSON.stringify({ ...last, sha256 })}\n`))
}

function asFile(bytes: Buffer): string {
  const file = path.join(folder, 'a.backup')
  writeFileSync(file, bytes)
  return file
}

const refusal = (file: string): Promise<unknown> => checkBackup(file).catch((error) => error)

test('one that is whole is read, also where a line comes in many pieces', async () => {
  expect(await checkBackup(written(header, end))).toMatchObject({ header, trailer: end })
  const rows = Array.from({ length: 20_000 }, (_, n) => `{"id":"${n} é 字"}`).join(',')
  const long = portionLine({ table: 'User', count: 2, rows })
  expect(await checkBackup(written(header, end, long))).toMatchObject({ header, trailer: end })
})

const { migrations, ...without } = header
test.each([
  ['without migrations', without],
  ['with a word for migrations', { ...header, migrations: 'first' }],
  ['with numbers for migrations', { ...header, migrations: [1] }],
  ['without a format', { ...header, format: undefined }],
  ['of an unknown kind', { ...header, kind: 'else' }],
  ['taken at no time', { ...header, takenAt: 'once' }],
])('a header %s is refused in words', async (_, odd) => {
  const error = await refusal(written(odd, end))
  expect(error).toBeInstanceOf(BackupError)
  expect(String(error)).toMatch(
    /is damaged or cut: its header cannot be read; nothing was restored/,
  )
})

test.each([
  ['without sequences', { ...end, sequences: undefined }],
  ['with an odd sequence', { ...end, sequences: { User_seq: ['seven', 1] } }],
  ['without counts', { ...end, counts: undefined }],
])('an end %s is refused in words', async (_, odd) => {
  const error = await refusal(written(header, odd))
  expect(error).toBeInstanceOf(BackupError)
  expect(String(error)).toMatch(/is damaged or cut: its end cannot be read/)
})

test('a line that would fill the memory is refused before it does', async () => {
  // 200 KB that unpack to one line
  const bomb = gzipSync(Buffer.alloc(192 * 1024 * 1024, 'a'))
  const error = await refusal(asFile(bomb))
  expect(error).toBeInstanceOf(BackupError)
  expect(String(error)).toMatch(/is damaged or cut: it has a line that is longer than any/)
})

test('no line is written that would not be read again', () => {
  const rows = 'a'.repeat(128 * 1024 * 1024)
  expect(() => portionLine({ table: 'Event', count: 1, rows })).toThrow(BackupError)
})
