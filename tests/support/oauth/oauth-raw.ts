import { connect } from 'node:net'
import { uniqueUserAgent } from '../clients/own-agent'

/** A request without a user agent would be joined with those of other programs from here. */
const own = `user-agent: ${uniqueUserAgent()}`

/** The server's response to bytes that no client library would send. */
export type RawAnswer = { readonly status: number; readonly text: string }

/**
 * Sends bytes over a socket and reads until the server closes or is idle.
 *
 * @param idleMs how long to wait for data
 * @returns status 0 if the connection was closed without a response
 */
export async function sendRaw(
  origin: string,
  bytes: string | Buffer,
  idleMs = 3000,
): Promise<RawAnswer> {
  const { hostname, port } = new URL(origin)
  const socket = connect(Number(port), hostname)
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk)).on('error', () => {})
  socket.setTimeout(idleMs, () => socket.destroy())
  socket.write(bytes)
  await new Promise((resolve) => socket.once('close', resolve))
  const text = Buffer.concat(chunks).toString('latin1')
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text }
}

/** A request as bytes, with `Connection: close`; strings become one byte per character. */
export function rawRequest(
  line: string,
  headers: readonly string[] = [],
  body: string | Buffer = '',
): Buffer {
  const bytes = Buffer.from(body)
  const length = bytes.length > 0 ? [`content-length: ${bytes.length}`] : []
  const agent = headers.some((header) => header.startsWith('user-agent:')) ? [] : [own]
  const general = ['host: localhost', 'connection: close', ...agent, ...length]
  const head = [`${line} HTTP/1.1`, ...general, ...headers]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), bytes])
}
