/**
 * The operator's commands: `npm run <name>` from source, `portico <name>` from the package and in the
 * image. This list decides what is shipped.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const commands = {
  operators: 'lists the accounts, makes a password link, or turns off one-time codes',
  keys: 'lists the signing keys, or replaces the current one',
  handshakes: 'lists the newest handshakes, or rebuilds all of them from the log',
  counts: 'recounts the events of the log by the hour',
  backup: 'writes everything into one file, while the server runs',
  restore: 'restores a backup into an empty database',
  move: 'copies everything to another database',
  try: 'connects to a running server as an MCP client would, and prints every step',
}

/** Commands that share a file, which gets the command's name as an argument. */
const inOneFile = new Map([
  ['backup', 'backup'],
  ['restore', 'backup'],
  ['move', 'backup'],
])

/**
 * The module of a command below lib/cli, without its extension, and the arguments before those of the
 * command line.
 *
 * @param {string} name
 * @returns {{ module: string, given: readonly string[] }}
 */
export function moduleOf(name) {
  const shared = inOneFile.get(name)
  return shared ? { module: shared, given: [name] } : { module: name, given: [] }
}
