import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { create } from 'tar'
import { variables } from '@/lib/config/all'
import { initialise } from '@/lib/store/database/cluster'
import { closeTree } from '@/lib/store/database/data-directory'
import { closeDatabase, database } from '@/lib/store/database/database'

/**
 * Creates the embedded database for a first start: empty, with all tables. The build runs it, because
 * `initdb` takes more memory than anything else a small server does.
 *
 * usage: empty-database.ts <key>; the key goes into the first line of the module that it writes
 */

const file = path.join(import.meta.dirname, '../store/generated/empty-database.ts')

/** The three databases of a cluster are almost equal: a window over all of them saves two thirds. */
const compress = (bytes: Buffer): Buffer =>
  brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 6,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  })

async function make(dataDir: string): Promise<Buffer> {
  // ignores this machine's settings
  for (const name of Object.keys(variables)) process.env[name] = ''
  process.env.PORTICO_DATA_DIR = dataDir
  const directory = path.join(dataDir, 'postgres')
  await initialise(directory)
  await database()
  await closeDatabase()
  closeTree(directory)
  const chunks: Buffer[] = []
  const archive = create({ cwd: directory, portable: true, mtime: new Date(0) }, ['.'])
  for await (const chunk of archive) chunks.push(chunk)
  return compress(Buffer.concat(chunks))
}

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'portico-empty-'))
try {
  const archive = await make(dataDir)
  writeFileSync(
    file,
    `// ${process.argv[2] ?? ''} Written by lib/cli/empty-database.ts.
/** An empty embedded database with its tables: a tar archive, compressed with Brotli, in Base64. */
export const emptyDatabase: string | null =
  '${archive.toString('base64')}'
`,
  )
} finally {
  rmSync(dataDir, { recursive: true, force: true })
}
