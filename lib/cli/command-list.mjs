/**
 * The commands for whoever runs a Portico: `npm run <name>` from source, and `portico <name>` where
 * it is installed, in the image too. Each is `lib/cli/<name>.ts`; what stands here is what ships.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const commands = {
  operators: 'lists the accounts, or opens a way back in',
  keys: 'lists the signing keys, or replaces the one that signs',
  handshakes: 'lists the newest handshakes, or joins all of them anew from the log',
  counts: 'counts the events of the log by the hour anew',
  try: 'connects to a running server as an MCP client would, and prints every step',
}
