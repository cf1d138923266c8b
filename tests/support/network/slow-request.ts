import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { mcpHeaders } from '../mcp/mcp-message'

/** A request that is open, and not whole until its end is sent. */
export type SlowRequest = {
  /** sends the rest and reads the answer, all of it */
  finish(): Promise<string>
  /** whether the server closed the connection */
  isClosed(): boolean
}

/** Begins to send a message to the MCP endpoint, and keeps its last byte back. */
export async function beginSlowly(
  mcpUrl: string,
  token: string,
  message: object,
): Promise<SlowRequest> {
  const { hostname, port, pathname } = new URL(mcpUrl)
  const body = JSON.stringify(message)
  const headers = mcpHeaders(token)
  headers.set('content-length', String(Buffer.byteLength(body)))
  headers.set('host', hostname)
  const lines = [...headers].map(([name, value]) => `${name}: ${value}`)
  const socket = connect(Number(port), hostname)
  let text = ''
  let isClosed = false
  socket
    .setEncoding('utf8')
    .on('data', (chunk) => {
      text += chunk
    })
    .on('error', () => {})
    .on('close', () => {
      isClosed = true
    })
  await once(socket, 'connect')
  socket.write(`POST ${pathname} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body.slice(0, -1)}`)
  // what was written is there, and the server waits for the rest
  await sleep(200)
  return {
    finish: async () => {
      socket.write(body.slice(-1))
      if (!isClosed) await once(socket, 'close')
      return text
    },
    isClosed: () => isClosed,
  }
}
