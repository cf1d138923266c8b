import { createServer, type Socket } from 'node:net'
import { freePort } from '../server/free-port.mjs'

/** A received message. */
export type Mail = {
  readonly from: string
  readonly to: readonly string[]
  /** unfolded, by lower-case name */
  readonly headers: ReadonlyMap<string, string>
  /** decoded */
  readonly text: string
}

/** A mail server that keeps everything and delivers nothing (RFC 5321). */
export type SmtpSink = {
  readonly host: string
  readonly letters: Mail[]
  /** AUTH PLAIN, decoded; a server may refuse it and repeat it in its refusal */
  readonly passwords: string[]
  refuses: boolean
  close(): Promise<void>
}

/** RFC 2045 §6.7, for UTF-8. */
const decodeQuotedPrintable = (text: string): string => {
  const bytes = text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

/** RFC 2047 §4, for UTF-8. */
const decodeWords = (text: string): string =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?([QB])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(word, 'base64').toString('utf8')
        : decodeQuotedPrintable(word.replaceAll('_', ' ')),
    )

function read(from: string, to: readonly string[], data: string): Mail {
  const end = data.indexOf('\r\n\r\n')
  const head = data.slice(0, end).replace(/\r\n[ \t]+/g, ' ')
  const headers = new Map(
    head.split('\r\n').map((line) => {
      const at = line.indexOf(':')
      return [line.slice(0, at).toLowerCase(), decodeWords(line.slice(at + 1).trim())] as const
    }),
  )
  // RFC 5321 §4.5.2
  const body = data.slice(end + 4).replace(/^\.\./gm, '.')
  return { from, to, headers, text: decodeQuotedPrintable(body).replaceAll('\r\n', '\n') }
}

function serve(socket: Socket, sink: SmtpSink): void {
  let buffer = ''
  let from = ''
  let to: string[] = []
  let inData = false
  const reply = (line: string) => socket.write(`${line}\r\n`)
  const address = (line: string) => /<([^>]*)>/.exec(line)?.[1] ?? ''
  const authenticate = (line: string) => {
    const [, , password = ''] = Buffer.from(line.slice(11), 'base64').toString('utf8').split('\0')
    sink.passwords.push(password)
    reply(sink.refuses ? `535 5.7.8 not with ${password}` : '235 2.7.0 welcome')
  }
  const command = (line: string) => {
    const verb = line.slice(0, 4).toUpperCase()
    if (verb === 'EHLO') reply('250-localhost\r\n250-AUTH PLAIN\r\n250 SIZE 1000000')
    else if (verb === 'AUTH') authenticate(line)
    else if (verb === 'QUIT') socket.end('221 bye\r\n')
    else if (verb === 'DATA') {
      inData = true
      reply('354 go on')
    } else {
      if (verb === 'MAIL') [from, to] = [address(line), []]
      if (verb === 'RCPT') to.push(address(line))
      reply('250 ok')
    }
  }
  reply('220 localhost')
  socket.on('error', () => socket.destroy())
  socket.setEncoding('utf8').on('data', (chunk) => {
    buffer += chunk
    for (let at = 0; at >= 0; ) {
      const mark = inData ? '\r\n.\r\n' : '\r\n'
      at = buffer.indexOf(mark)
      if (at < 0) break
      const part = buffer.slice(0, at)
      buffer = buffer.slice(at + mark.length)
      if (!inData) command(part)
      else {
        inData = false
        sink.letters.push(read(from, to, part))
        reply('250 taken')
      }
    }
  })
}

/** Starts a local mail server. */
export async function startSmtpSink(): Promise<SmtpSink> {
  const sockets = new Set<Socket>()
  const port = await freePort()
  const sink: SmtpSink = {
    host: `localhost:${port}`,
    letters: [],
    passwords: [],
    refuses: false,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    serve(socket, sink)
  })
  await new Promise<void>((resolve) => server.listen(port, resolve))
  return sink
}
