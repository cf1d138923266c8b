import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Where a local client waits for its redirect (RFC 8252 §7.3). */
export type CallbackPage = { readonly url: string; close(): void }

/** Opens one that responds to any redirect, so that a browser arrives. */
export async function openCallbackPage(): Promise<CallbackPage> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/plain')
    response.end('You may close this page.')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/callback`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
