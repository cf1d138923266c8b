import { chmodSync, copyFileSync, existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { env } from '@/lib/config/env'
import { secretFingerprint } from '@/lib/config/secrets'
import { BackupError } from '@/lib/store/backup/format'
import type { DatabasePlace } from '@/lib/store/backup/session'

/** The databases that a command reads and writes, and their master secret. */

/** The file of the master secret in a data directory. */
export const secretFile = (dataDir: string): string => path.join(dataDir, 'secret')

/** The configured database, whether it exists or not. */
export function ownPlace(): DatabasePlace {
  const { databaseUrl, directUrl, dataDir } = env()
  return databaseUrl ? { url: directUrl ?? databaseUrl } : { dataDir }
}

/**
 * The database to read from. Never creates one: a command may run with other settings than the server,
 * and an empty database with a new secret would go unnoticed.
 *
 * @throws {BackupError} if the database or the secret does not exist
 */
export function sourcePlace(): DatabasePlace {
  const place = ownPlace()
  const { secret, dataDir } = env()
  if ('dataDir' in place && !existsSync(path.join(dataDir, 'postgres', 'PG_VERSION'))) {
    throw new BackupError(
      `there is no database in ${dataDir}: set PORTICO_DATA_DIR or DATABASE_URL as the server has it`,
    )
  }
  if (!secret && !existsSync(secretFile(dataDir))) {
    throw new BackupError(
      `there is no master secret in ${dataDir}: set PORTICO_DATA_DIR or PORTICO_SECRET as the server has it`,
    )
  }
  return place
}

/**
 * Refuses before a new secret is created: it could never decrypt the keys in the backup.
 *
 * @param expected fingerprint of the secret that the backup needs
 * @throws {BackupError}
 */
export function checkSecret(file: string, expected: string): void {
  const { secret, dataDir } = env()
  const how = `set PORTICO_SECRET to the secret of the server it was taken from, or put its file at ${secretFile(dataDir)}`
  if (!secret && !existsSync(secretFile(dataDir))) {
    throw new BackupError(
      `${file} needs the master secret ${expected}, and there is none here: ${how}`,
    )
  }
  const present = secretFingerprint()
  if (present === expected) return
  throw new BackupError(
    `${file} needs the master secret ${expected}, and the one here is ${present}: ${how}; nothing was restored`,
  )
}

/** Refuses a target with another secret, which could not decrypt the keys. @throws {BackupError} */
export function refuseOtherSecret(target: DatabasePlace): void {
  const { secret, dataDir } = env()
  if (secret || !('dataDir' in target) || !existsSync(secretFile(target.dataDir))) return
  const [own, other] = [dataDir, target.dataDir].map((directory) =>
    readFileSync(secretFile(directory), 'utf8').trim(),
  )
  if (own === other) return
  throw new BackupError(
    `${secretFile(target.dataDir)} is another master secret than ${secretFile(dataDir)}, and what is moved needs that one: name another directory, or put that file in its place; nothing was moved`,
  )
}

/** Copies a generated secret to the target's data directory. */
export function copySecret(target: DatabasePlace): void {
  const { secret, dataDir } = env()
  if (secret || !('dataDir' in target)) return
  if (existsSync(secretFile(target.dataDir))) return
  copyFileSync(secretFile(dataDir), secretFile(target.dataDir))
  // a copy keeps the mode of its source
  chmodSync(secretFile(target.dataDir), 0o600)
}
