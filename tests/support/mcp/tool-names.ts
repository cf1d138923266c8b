/** The tools of this server, in the order they are listed. */
export const toolNames = [
  'whoami',
  'connection_history',
  'server_status',
  'list_connections',
  'list_handshakes',
  'get_handshake',
]
