import { readdirSync } from 'node:fs'

/** The tools that have a fixed place, in this order. */
const placed = [
  'whoami',
  'connection_history',
  'server_status',
  'list_connections',
  'list_handshakes',
  'get_handshake',
]

const named = readdirSync('lib/mcp/tools')
  .map((file) => file.replace(/\.ts$/, '').replaceAll('-', '_'))
  .sort()

/** The tools of this server, in list order: all others follow by name. */
export const toolNames = [...placed, ...named.filter((name) => !placed.includes(name))]
