import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A reverse proxy that sends each request to the next of several instances. */
export type RoundRobinProxy = {
  readonly origin: string
  /** removes an instance, as a load balancer does when it stops responding */
  remove(origin: string): void
  close(): Promise<void>
}

/** Starts one on a port, which the instances' public origin names. */
export async function startRoundRobin(
  origins: readonly string[],
  port: number,
): Promise<RoundRobinProxy> {
  const targets = origins.map((origin) => new URL(origin))
  let turn = 0
  const server = createServer((incoming, out) => {
    turn += 1
    const to = targets[turn % targets.length]
    const outgoing = request({
      host: to?.hostname,
      port: to?.port,
      method: incoming.method,
      path: incoming.url,
      headers: incoming.rawHeaders as unknown as Record<string, string>,
    })
    outgoing.on('response', (answer) => {
      out.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
      out.flushHeaders()
      answer.on('error', () => out.destroy()).pipe(out)
    })
    outgoing.on('error', () => out.destroy())
    out.on('close', () => outgoing.destroy())
    incoming.pipe(outgoing)
  })
  await once(server.listen(port, 'localhost'), 'listening')
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    remove: (origin) => {
      const index = targets.findIndex((target) => target.origin === new URL(origin).origin)
      if (index >= 0) targets.splice(index, 1)
    },
    close: async () => {
      server.closeAllConnections()
      await once(server.close(), 'close')
    },
  }
}
