import { connect } from 'node:net'
import { someAgent } from '../clients/own-agent'

/** How the length of a body is told. */
export type Framing = 'chunked' | 'content-length'

/** A request whose body is as long as wanted and never held as a whole. */
export type Streamed = {
  readonly path: string
  readonly framing: Framing
  readonly bytes: number
  readonly method?: string
  readonly headers?: readonly string[]
}

/** What came of it. */
export type StreamedAnswer = {
  /** 0 where the connection was closed without an answer */
  readonly status: number
  readonly text: string
  /** how many bytes of the body were taken off our hands */
  readonly sent: number
}

const piece = Buffer.alloc(64 * 1024, 'a')
const chunk = Buffer.concat([Buffer.from('10000\r\n'), piece, Buffer.from('\r\n')])

function head({ path, framing, bytes, method = 'POST', headers = [] }: Streamed): string {
  const length = framing === 'chunked' ? 'transfer-encoding: chunked' : `content-length: ${bytes}`
  const lines = [`host: localhost`, `user-agent: ${someAgent()}`, length, ...headers]
  return `${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`
}

/** Sends it as fast as it is taken, and reads until the other side ends. */
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
