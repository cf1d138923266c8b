import nextEnv from '@next/env'
import { closeDatabase } from '@/lib/store/database/database'
import { commandRule, guardOutput } from './output.mjs'

/** @param argument follows its name on the command line */
type Command = (argument: string | undefined) => Promise<void>

/** The package has the command `portico` instead of `npm run`. */
const usageText = (usage: string): string =>
  import.meta.filename.endsWith('.mjs') ? usage.replace(/npm run (\S+) --/g, 'portico $1') : usage

/**
 * Runs the command that the command line names, with the server's database and settings. Exits with 0 on
 * success, 1 on failure, and 2 for an unknown command.
 *
 * @param usage for running from source: `usage: npm run <name> -- …`
 * @param hint printed after a failure
 */
export async function runCommand(
  usage: string,
  commands: Readonly<Record<string, Command>>,
  hint?: string,
): Promise<void> {
  process.umask(0o077)
  // the output contains untrusted text
  guardOutput(commandRule)
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
