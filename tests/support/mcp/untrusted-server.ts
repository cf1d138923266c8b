import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { TLSSocket } from 'node:tls'

/** A server with a certificate of an unknown authority, which says nothing more. */
export type UntrustedServer = { readonly host: string; close(): void }

function selfSigned(): { key: Buffer; cert: Buffer } {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'portico-untrusted-'))
  const [key, cert] = [path.join(directory, 'key.pem'), path.join(directory, 'cert.pem')]
  const usual = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const made = ['-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=localhost']
  execFileSync('openssl', [...usual, ...made, '-addext', 'subjectAltName=DNS:localhost'], {
    stdio: 'ignore',
  })
  const read = { key: readFileSync(key), cert: readFileSync(cert) }
  rmSync(directory, { recursive: true })
  return read
}

/** PostgreSQL starts in clear: the client requests TLS in eight bytes and receives `S`. */
const afterRequest = (socket: Socket, begin: () => void) =>
  void socket.once('data', () => {
    socket.write('S')
    begin()
  })

/** Starts one. @param protocol `postgresql` if TLS is requested first */
export async function startUntrusted(
  protocol: 'tls' | 'postgresql' = 'tls',
): Promise<UntrustedServer> {
  const pem = selfSigned()
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}))
    const begin = () => void new TLSSocket(socket, { isServer: true, ...pem }).on('error', () => {})
    if (protocol === 'tls') begin()
    else afterRequest(socket, begin)
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const close = () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
  return { host: `localhost:${port}`, close }
}
