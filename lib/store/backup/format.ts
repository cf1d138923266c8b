import 'server-only'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { formatVersion, type Header, headerShape, type Trailer, trailerShape } from './shape'

/**
 * A backup is a gzip file of lines of JSON: a header, then the rows of each table in portions, then a
 * trailer with their counts and the hash of all lines.
 */

/**
 * The longest line, in characters: one row is at most some megabytes, and a line has at most 500 rows. A
 * foreign file must not fill the memory, whatever it unpacks to.
 */
const longestLine = 128 * 1024 * 1024

/** Some rows of one table, as JSON text that only the database parses. */
export type Portion = { readonly table: string; readonly count: number; readonly rows: string }

/** Thrown when a file cannot be restored; the message says why. */
export class BackupError extends Error {
  override name = 'BackupError'
}

/** A portion as a line. @throws {BackupError} when it is too long to be read again */
export function portionLine({ table, count, rows }: Portion): string {
  const line = `{"table":${JSON.stringify(table)},"count":${count},"rows":[${rows}]}`
  if (line.length <= longestLine) return line
  throw new BackupError(`rows of ${table} are too long for a backup (${line.length} characters)`)
}

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

function parsed(line: string): Record<string, unknown> {
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
  if (Number(header.format) > formatVersion) {
    throw new BackupError(
      `${file} was written by a newer release of Portico (${header.release}): restore it with that one`,
    )
  }
  const { data } = headerShape.safeParse(header)
  if (!data) throw damaged(file, 'its header cannot be read')
  return data
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const source = createReadStream(/*turbopackIgnore: true*/ file)
  const gunzip = createGunzip()
  source.on('error', (error) => gunzip.destroy(error))
  // collected until the line is complete: concatenation would copy a long one for each piece
  let begun: string[] = []
  let length = 0
  const decoder = new TextDecoder()
  try {
    for await (const bytes of source.pipe(gunzip)) {
      const [first = '', ...others] = decoder.decode(bytes, { stream: true }).split('\n')
      begun.push(first)
      length += first.length
      if (length > longestLine)
        throw damaged(file, 'it has a line that is longer than any of a backup')
      for (const other of others) {
        yield begun.join('')
        begun = [other]
        length = other.length
      }
    }
  } finally {
    source.destroy()
  }
  if (length > 0) yield begun.join('')
}

/** The parts of a backup in order. The last one is the verified trailer. */
type Piece = { header: Header } | { portion: Portion } | { trailer: Trailer }

function checkTrailer(
  file: string,
  line: string,
  sha256: string,
  counts: Readonly<Record<string, number>>,
): Trailer {
  const trailer = parsed(line)
  if (trailer.end !== true) throw damaged(file, 'a line cannot be read')
  const { data } = trailerShape.safeParse(trailer)
  if (!data) throw damaged(file, 'its end cannot be read')
  if (data.sha256 !== sha256) throw damaged(file, 'its checksum is another one')
  const said = data.counts
  const isWhole = Object.keys({ ...said, ...counts }).every((t) => said[t] === (counts[t] ?? 0))
  if (!isWhole) throw damaged(file, 'rows are missing')
  return data
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

/** Reads a backup. @throws {BackupError} when it is damaged, cut, none, or from a newer release */
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

/** Reads a whole backup, so that nothing of a bad one is restored. @throws {BackupError} */
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
