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
  'usage: portico                    starts the server, on port 3000 unless PORT is set',
  '       portico <command> …        works on the data of this server',
  '       portico --version, --help',
  '',
  ...Object.entries(commands).map(([name, what]) => `  ${name.padEnd(width)}  ${what}`),
  '',
  'Settings come from the environment, or from a file .env in the current directory. Without',
  'DATABASE_URL all data is stored in .data there, or in the directory PORTICO_DATA_DIR.',
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
