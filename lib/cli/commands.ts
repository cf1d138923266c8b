import nextEnv from '@next/env'
import { closeDatabase } from '@/lib/store/database/database'
import { asItIs, guardOutput } from './output.mjs'

/** @param argument what follows its name on the command line */
type Command = (argument: string | undefined) => Promise<void>

/** What ships has a command of its own in place of `npm run`. */
const usageText = (usage: string): string =>
  import.meta.filename.endsWith('.mjs') ? usage.replace(/npm run (\S+) --/g, 'portico $1') : usage

/**
 * Runs the command that the command line names, on the database and with the settings of the server.
 * The process ends with 0 where it succeeded, 1 where it failed, and 2 where there is no such command.
 *
 * @param usage as it is from source: `usage: npm run <name> -- …`
 * @param hint printed below a failure
 */
export async function runCommand(
  usage: string,
  commands: Readonly<Record<string, Command>>,
  hint?: string,
): Promise<void> {
  process.umask(0o077)
  // what is listed was said by anybody
  guardOutput(asItIs)
  nextEnv.loadEnvConfig(process.cwd(), false, { info: () => {}, error: console.error })
  const [, , name = '', argument] = process.argv
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    console.error(usageText(usage))
    process.exitCode = 2
    return
  }
  try {
    await command(argument)
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    if (hint) console.error(hint)
    process.exitCode = 1
  } finally {
    await closeDatabase()
  }
}
