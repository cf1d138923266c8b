/** The tools of this server, in list order. */
export const toolNames = [
  'whoami',
  'connection_history',
  'server_status',
  'list_connections',
  'list_handshakes',
  'get_handshake',
]
