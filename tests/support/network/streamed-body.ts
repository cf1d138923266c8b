import { connect } from 'node:net'
import { uniqueUserAgent } from '../clients/own-agent'

/** How the body's length is declared. */
export type Framing = 'chunked' | 'content-length'

/** A request with a body of any length that is never held in memory. */
export type Streamed = {
  readonly path: string
  readonly framing: Framing
  readonly bytes: number
  readonly method?: string
  readonly headers?: readonly string[]
}

/** The response. */
export type StreamedAnswer = {
  /** 0 if the connection was closed without one */
  readonly status: number
  readonly text: string
  /** how many bytes of the body were accepted */
  readonly sent: number
}

const piece = Buffer.alloc(64 * 1024, 'a')
const chunk = Buffer.concat([Buffer.from('10000\r\n'), piece, Buffer.from('\r\n')])

function head({ path, framing, bytes, method = 'POST', headers = [] }: Streamed): string {
  const length = framing === 'chunked' ? 'transfer-encoding: chunked' : `content-length: ${bytes}`
  const lines = [`host: localhost`, `user-agent: ${uniqueUserAgent()}`, length, ...headers]
  return `${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`
}

/** Sends it as fast as the socket accepts, and reads until the server closes. */
export async function sendStreamed(origin: string, request: Streamed): Promise<StreamedAnswer> {
  const { hostname, port } = new URL(origin)
  const socket = connect(Number(port), hostname)
  let text = ''
  let sent = 0
  const isChunked = request.framing === 'chunked'
  const pump = () => {
    while (sent < request.bytes && socket.writable) {
      sent += piece.length
      if (!socket.write(isChunked ? chunk : piece)) return
    }
    if (sent >= request.bytes && isChunked && socket.writable) socket.write('0\r\n\r\n')
  }
  socket.setTimeout(60_000, () => socket.destroy())
  socket.on('error', () => {}).on('drain', pump)
  socket.on('data', (data) => {
    text += data.toString('latin1')
  })
  socket.write(head(request))
  pump()
  await new Promise((resolve) => socket.once('close', resolve))
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text, sent }
}
