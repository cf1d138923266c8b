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

/** The commands of backup.ts, which gets their name as an argument. */
const ofBackup = new Set(['backup', 'restore', 'move'])

/**
 * The module of a command below lib/cli, without its extension, and the arguments before those of the
 * command line.
 *
 * @param {string} name
 * @returns {{ module: string, given: readonly string[] }}
 */
export const moduleOf = (name) =>
  ofBackup.has(name) ? { module: 'backup', given: [name] } : { module: name, given: [] }
