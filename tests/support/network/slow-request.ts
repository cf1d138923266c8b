import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { mcpHeaders } from '../mcp/mcp-message'

/** An open request, incomplete until its end is sent. */
export type SlowRequest = {
  /** sends the rest and reads the whole response */
  finish(): Promise<string>
  /** whether the server closed the connection */
  isClosed(): boolean
}

/** Starts sending a message to the MCP endpoint, without its last byte. */
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
  // everything written has arrived, and the server waits for the rest
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
