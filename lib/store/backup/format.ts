import 'server-only'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import type { Sequences } from './tables'

/**
 * A backup is a gzip file of lines of JSON: a header, then the rows of each table in portions, then a
 * trailer that says how many there are, and what all of it hashes to.
 */

/** The one version of the format there is. */
export const formatVersion = 1

/** The first line. */
export type Header = {
  readonly portico: 'backup'
  readonly format: number
  /** of Portico */
  readonly release: string
  /** of what it was taken */
  readonly kind: 'embedded' | 'postgresql'
  readonly takenAt: string
  /** tells the master secret that its keys are sealed under, and does not tell what it is */
  readonly secret: string
  /** those whose tables it holds, oldest first */
  readonly migrations: readonly string[]
}

/** The last line. */
export type Trailer = {
  readonly end: true
  /** rows by table */
  readonly counts: Readonly<Record<string, number>>
  readonly sequences: Sequences
  /** SHA-256 of all lines before, in hex */
  readonly sha256: string
}

/** Some rows of one table, as JSON text that only the database reads. */
export type Portion = { readonly table: string; readonly count: number; readonly rows: string }

/** Thrown where a file cannot be restored; the message says why. */
export class BackupError extends Error {
  override name = 'BackupError'
}

/** A portion as a line. */
export const portionLine = ({ table, count, rows }: Portion): string =>
  `{"table":${JSON.stringify(table)},"count":${count},"rows":[${rows}]}`

const portionPattern = /^\{"table":("[^"\\]*"),"count":(\d+),"rows":(?=\[)/

function portionOf(line: string): Portion | null {
  const found = portionPattern.exec(line)
  if (!found) return null
  const [beginning, table = '""', count] = found
  return {
    table: JSON.parse(table) as string,
    count: Number(count),
    rows: line.slice(beginning.length, -1),
  }
}

function parsed(line: string): Partial<Header & Trailer> {
  try {
    return Object(JSON.parse(line))
  } catch {
    return {}
  }
}

const damaged = (file: string, why: string): BackupError =>
  new BackupError(`${file} is damaged or cut: ${why}; nothing was restored`)

function asHeader(file: string, line: string): Header {
  const header = parsed(line)
  if (header.portico !== 'backup') throw new BackupError(`${file} is no backup of Portico`)
  if (header.format !== formatVersion) {
    throw new BackupError(
      `${file} was written by a newer release of Portico (${header.release}): restore it with that one`,
    )
  }
  return header as Header
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const source = createReadStream(/*turbopackIgnore: true*/ file)
  const gunzip = createGunzip()
  source.on('error', (error) => gunzip.destroy(error))
  let rest = ''
  const decoder = new TextDecoder()
  for await (const bytes of source.pipe(gunzip)) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}

/** What a backup holds, piece by piece. The last one is the trailer, and is right. */
export type Piece = { header: Header } | { portion: Portion } | { trailer: Trailer }

function checkTrailer(
  file: string,
  line: string,
  sha256: string,
  counts: Readonly<Record<string, number>>,
): Trailer {
  const trailer = parsed(line)
  if (trailer.end !== true) throw damaged(file, 'a line cannot be read')
  if (trailer.sha256 !== sha256) throw damaged(file, 'its checksum is another one')
  const said = trailer.counts ?? {}
  const isWhole = Object.keys({ ...said, ...counts }).every((t) => said[t] === (counts[t] ?? 0))
  if (!isWhole) throw damaged(file, 'rows are missing')
  return trailer as Trailer
}

async function* piecesOf(file: string): AsyncGenerator<Piece> {
  const hash = createHash('sha256')
  const counts: Record<string, number> = {}
  let header: Header | null = null
  let trailer: Trailer | null = null
  for await (const line of linesOf(file)) {
    const portion = header && !trailer ? portionOf(line) : null
    if (trailer) throw damaged(file, 'something follows its end')
    if (!header) {
      header = asHeader(file, line)
      yield { header }
    } else if (portion) {
      counts[portion.table] = (counts[portion.table] ?? 0) + portion.count
      yield { portion }
    } else {
      trailer = checkTrailer(file, line, hash.digest('hex'), counts)
      yield { trailer }
      continue
    }
    hash.update(`${line}\n`)
  }
  if (!header) throw new BackupError(`${file} is no backup of Portico: it is empty`)
  if (!trailer) throw damaged(file, 'its end is missing')
}

/**
 * Reads a backup from its beginning to its end.
 *
 * @throws {BackupError} where it is damaged, cut, no backup, or of a newer release
 */
export async function* readBackup(file: string): AsyncGenerator<Piece> {
  try {
    yield* piecesOf(file)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'Z_DATA_ERROR' && message.includes('incorrect header check'))
      throw new BackupError(`${file} is no backup of Portico`)
    if (code?.startsWith('Z_')) throw damaged(file, message)
    if (code === 'ENOENT') throw new BackupError(`there is no file ${file}`)
    throw error
  }
}

/** Reads a backup whole, so that nothing of a bad one is restored. @throws {BackupError} */
export async function checkBackup(file: string): Promise<{ header: Header; trailer: Trailer }> {
  let header: Header | null = null
  let trailer: Trailer | null = null
  for await (const piece of readBackup(file)) {
    if ('header' in piece) header = piece.header
    if ('trailer' in piece) trailer = piece.trailer
  }
  if (!header || !trailer) throw damaged(file, 'its end is missing')
  return { header, trailer }
}
