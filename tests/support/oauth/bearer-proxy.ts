import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A reverse proxy that adds a token to each request and changes nothing else. */
export type BearerProxy = { readonly origin: string; close(): Promise<void> }

/** Forwards headers and bodies unchanged, both ways; when one side disconnects, so does the other. */
function forward(to: URL, authorization: string, incoming: IncomingMessage, out: ServerResponse) {
  const outgoing = request({
    host: to.hostname,
    port: to.port,
    method: incoming.method,
    path: incoming.url,
    // as received, including `Host` and `Origin`: tests depend on them
    headers: [...incoming.rawHeaders, 'Authorization', authorization],
  })
  outgoing.on('response', (answer) => {
    out.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
    // a stream may be silent for long, and its headers are due at once
    out.flushHeaders()
    answer.on('error', () => out.destroy()).pipe(out)
  })
  outgoing.on('error', () => out.destroy())
  out.on('close', () => outgoing.destroy())
  incoming.pipe(outgoing)
}

/**
 * Starts a reverse proxy on loopback that authenticates for a client that cannot.
 *
 * @param origin the upstream server's
 */
export async function startBearerProxy(origin: string, token: string): Promise<BearerProxy> {
  const to = new URL(origin)
  const server = createServer((incoming, out) => forward(to, `Bearer ${token}`, incoming, out))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections()
      await once(server.close(), 'close')
    },
  }
}
