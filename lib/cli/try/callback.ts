import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The loopback redirect URI that the person's browser returns to (RFC 8252 §7.3). */
export type Callback = {
  readonly redirectUrl: string
  /** the parameters of the callback, or `null` after a timeout */
  wait(ms: number): Promise<URLSearchParams | null>
  close(): void
}

const path = '/callback'

const page = `<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>Portico try</title>
<style>:root{color-scheme:light dark;font:16px/1.6 system-ui}body{display:grid;place-items:center;min-height:90vh}</style>
<p>You can close this. The rest is in your terminal.</p></html>`

/** Listens on a free port of the loopback address. */
export async function openCallback(): Promise<Callback> {
  let arrive: (parameters: URLSearchParams) => void = () => {}
  const arrived = new Promise<URLSearchParams>((resolve) => {
    arrive = resolve
  })
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    if (url.pathname !== path) return void response.writeHead(404).end()
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(page)
    arrive(url.searchParams)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    redirectUrl: `http://127.0.0.1:${port}${path}`,
    wait: (ms) => {
      const late = new Promise<null>((resolve) => setTimeout(resolve, ms, null).unref())
      return Promise.race([arrived, late])
    },
    close: () => {
      server.close()
      server.closeIdleConnections()
    },
  }
}
