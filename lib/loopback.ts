import { loopbackHosts } from './cli/transport.mjs'

/** Whether a URL's host is this machine, where plain http is accepted. */
export const isLoopbackHost = (hostname: string): boolean => loopbackHosts.has(hostname)

/**
 * The other names of a server on this machine: same scheme and port, another literal loopback name. A
 * name server cannot redirect any of them, so none can be rebound.
 *
 * @returns origins; empty when the server is not on loopback
 */
export function loopbackTwins(origin: string): string[] {
  const { protocol, hostname, port } = new URL(origin)
  if (!isLoopbackHost(hostname)) return []
  const others = [...loopbackHosts].filter((host) => host !== hostname)
  return others.map((host) => `${protocol}//${host}${port && `:${port}`}`)
}
