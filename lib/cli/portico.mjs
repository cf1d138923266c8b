#!/usr/bin/env node
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import manifest from '../../package.json' with { type: 'json' }
import { commands, moduleOf } from './command-list.mjs'

/** The command `portico` of the package: without a command name it serves the build beside it. */

const here = import.meta.dirname

const width = Math.max(...Object.keys(commands).map((name) => name.length))
const help = [
  `Portico ${manifest.version}: the front door for Claude connectors`,
  '',
  'usage: portico                    serves it, on port 3000 unless PORT says otherwise',
  '       portico <command> …        does something with the data of this server',
  '       portico --version, --help',
  '',
  ...Object.entries(commands).map(([name, what]) => `  ${name.padEnd(width)}  ${what}`),
  '',
  'Settings come from the environment, or from a file .env in the current directory. Without',
  'DATABASE_URL all data is kept in .data there; PORTICO_DATA_DIR names another directory.',
].join('\n')

const [name, ...rest] = process.argv.slice(2)
if (name === undefined) {
  const { serve } = await import('./serve.mjs')
  await serve({ dir: here, check: [join(here, 'check-env.mjs')] })
} else if (Object.hasOwn(commands, name)) {
  // a command finds its arguments at the same place as from source
  const { module, given } = moduleOf(name)
  const file = join(here, `${module}.mjs`)
  process.argv = [process.execPath, file, ...given, ...rest]
  await import(pathToFileURL(file).href)
} else if (name === '--version' || name === '-v') {
  console.log(manifest.version)
} else if (name === '--help' || name === '-h') {
  console.log(help)
} else {
  console.error(`portico has no command "${name}"\n\n${help}`)
  process.exitCode = 2
}
