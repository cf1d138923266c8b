import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { env } from '@/lib/config/env'
import { secretFingerprint } from '@/lib/config/secrets'
import { version } from '@/lib/runtime/version'
import { dump, type Origin } from '@/lib/store/backup/dump'
import { BackupError, checkBackup } from '@/lib/store/backup/format'
import { load } from '@/lib/store/backup/load'
import { askForBackup } from '@/lib/store/backup/offer'
import {
  type DatabasePlace,
  nameOf,
  openBackupSession,
  type Session,
} from '@/lib/store/backup/session'
import { countRows, runningOn } from '@/lib/store/backup/tables'
import { refuseNewer } from '@/lib/store/database/newer'
import {
  checkSecret,
  copySecret,
  ownPlace,
  refuseOtherSecret,
  secretFile,
  sourcePlace,
} from './backup-places'
import { runCommand } from './commands'

const usage = `usage: npm run backup -- FILE
       npm run restore -- FILE
       npm run move -- --to postgresql://user:password@host:5432/name
       npm run move -- --to-embedded DIRECTORY`

type Counts = Readonly<Record<string, number>>

const originOf = (place: DatabasePlace): Origin => ({
  release: version,
  kind: 'url' in place ? 'postgresql' : 'embedded',
  secret: secretFingerprint(),
})

async function within<Result>(
  place: DatabasePlace,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const session = await openBackupSession(place)
  try {
    return await work(session)
  } finally {
    await session.close()
  }
}

const total = (counts: Counts): number => Object.values(counts).reduce((sum, n) => sum + n, 0)

function printCounts(counts: Counts): void {
  const width = Math.max(...Object.keys(counts).map((table) => table.length))
  for (const [table, count] of Object.entries(counts)) {
    if (count > 0) console.log(`  ${table.padEnd(width)}  ${count}`)
  }
  console.log(`  ${'in all'.padEnd(width)}  ${total(counts)}`)
}

function needed(file: string | undefined): string {
  if (!file || file.startsWith('-')) throw new BackupError(usage)
  return path.resolve(file)
}

/** Writes to a temporary name and renames the complete backup. */
async function backup(argument: string | undefined): Promise<void> {
  const file = needed(argument)
  if (existsSync(file)) throw new BackupError(`${file} exists: name another file, or remove it`)
  const place = sourcePlace()
  const unfinished = `${file}.${process.pid}.tmp`
  try {
    const asked = 'dataDir' in place ? await askForBackup(place.dataDir, unfinished) : null
    const counts =
      asked ?? (await within(place, (session) => dump(session, originOf(place), unfinished)))
    renameSync(unfinished, file)
    console.log(`backup of ${nameOf(place)} in ${file}:`)
    printCounts(counts)
    const { secret } = env()
    const where = secret ? 'PORTICO_SECRET' : secretFile(env().dataDir)
    console.log(
      `The master secret (${secretFingerprint()}) is not in it. Keep ${where} too, elsewhere: without it the signing keys and one-time codes in this file cannot be opened.`,
    )
  } finally {
    rmSync(unfinished, { force: true })
  }
}

async function restore(argument: string | undefined): Promise<void> {
  const file = needed(argument)
  const { header } = await checkBackup(file)
  refuseNewer(header.migrations, file)
  checkSecret(file, header.secret)
  const place = ownPlace()
  const counts = await within(place, (session) => load(session, file))
  console.log(
    `restored into ${nameOf(place)}, from a backup of ${header.takenAt} by Portico ${header.release}:`,
  )
  printCounts(counts)
}

function targetOf(): DatabasePlace {
  const [option, value] = process.argv.slice(3)
  if (option === '--to' && value && /^postgres(ql)?:\/\/./.test(value)) return { url: value }
  if (option === '--to-embedded' && value) return { dataDir: path.resolve(value) }
  throw new BackupError(usage)
}

async function refuseRunning(session: Session): Promise<void> {
  const running = await runningOn(session)
  if (running.length === 0) return
  const who = running.map(({ host, seconds }) => `${host}, seen ${seconds} s ago`).join('; ')
  throw new BackupError(
    `a server still runs on this database (${who}): stop it, or what it writes during the move is lost; a killed server is forgotten after three minutes`,
  )
}

function printComparison(before: Counts, after: Counts): void {
  const width = Math.max(...Object.keys(before).map((table) => table.length))
  for (const [table, count] of Object.entries(before)) {
    if (count > 0 || after[table] !== 0) {
      console.log(`  ${table.padEnd(width)}  ${String(count).padStart(9)}  ${after[table]}`)
    }
  }
  console.log(`  ${'in all'.padEnd(width)}  ${String(total(before)).padStart(9)}  ${total(after)}`)
}

const nextStep = (target: DatabasePlace): string =>
  'url' in target
    ? 'Set DATABASE_URL to it, keep PORTICO_SECRET or the file of the secret, and start.'
    : `Remove DATABASE_URL, set PORTICO_DATA_DIR to ${target.dataDir}, and start.`

/** Copies everything to another database; the old one is unchanged. */
async function move(): Promise<void> {
  const target = targetOf()
  const source = sourcePlace()
  refuseOtherSecret(target)
  const directory = mkdtempSync(path.join(os.tmpdir(), 'portico-move-'))
  const file = path.join(directory, 'backup')
  try {
    const before = await within(source, async (session) => {
      await refuseRunning(session)
      return dump(session, originOf(source), file)
    })
    if ('dataDir' in target) mkdirSync(target.dataDir, { recursive: true, mode: 0o700 })
    const after = await within(target, async (session) => {
      await load(session, file)
      return countRows(session, Object.keys(before))
    })
    copySecret(target)
    console.log(`moved from ${nameOf(source)} to ${nameOf(target)}, rows before and after:`)
    printComparison(before, after)
    console.log(nextStep(target))
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

await runCommand(usage, { backup, restore, move })
