import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { databaseFor } from '../database/portico-database'
import type { Portico } from './portico-process'

type Changes = Readonly<Record<string, string>>

/**
 * The output of a command on Portico's machine. With the embedded database the server must be
 * stopped first, except for a backup.
 *
 * @param args preceded by changes of the environment, if any
 * @throws {Error} with its output, if it fails
 */
export async function runCommand(
  { dataDir, origin }: Pick<Portico, 'dataDir' | 'origin'>,
  name: 'backup' | 'handshakes' | 'operators',
  ...args: readonly (string | Changes)[]
): Promise<string> {
  const words = args.filter((one): one is string => typeof one === 'string')
  const node = ['--import', 'tsx', '--conditions=react-server', `lib/cli/${name}.ts`, ...words]
  const env = {
    ...process.env,
    PORT: new URL(origin).port,
    PORTICO_DATA_DIR: dataDir,
    DATABASE_URL: (await databaseFor(dataDir)) ?? '',
    ...(typeof args[0] === 'object' ? args[0] : {}),
  }
  return (await promisify(execFile)(process.execPath, node, { env })).stdout
}
