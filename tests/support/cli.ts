import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { databaseFor } from './portico-database'
import type { Portico } from './portico-process'

/**
 * What a command of the machine that a Portico runs on prints. On the embedded database the server
 * has to be stopped before.
 *
 * @throws {Error} with what it printed, when it fails
 */
export async function runCommand(
  { dataDir, origin }: Portico,
  name: 'handshakes' | 'operators',
  ...args: readonly string[]
): Promise<string> {
  const node = ['--import', 'tsx', '--conditions=react-server', `lib/cli/${name}.ts`, ...args]
  const env = {
    ...process.env,
    PORT: new URL(origin).port,
    PORTICO_DATA_DIR: dataDir,
    DATABASE_URL: (await databaseFor(dataDir)) ?? '',
  }
  return (await promisify(execFile)(process.execPath, node, { env })).stdout
}
