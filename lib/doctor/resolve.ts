import 'server-only'
import { lookup, Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'
import { isLoopbackHost } from '@/lib/loopback'

/**
 * The addresses of a host name: from DNS, as the public sees it, or else from this machine's resolver.
 *
 * @returns an empty list if it does not resolve
 */
export async function addressesOf(hostname: string, timeoutMs: number): Promise<string[]> {
  const bare = hostname.replace(/^\[|\]$/g, '')
  if (isIP(bare)) return [bare]
  if (!isLoopbackHost(hostname)) {
    const resolver = new Resolver({ timeout: timeoutMs, tries: 1 })
    const found = await Promise.all([
      resolver.resolve4(bare).catch(() => []),
      resolver.resolve6(bare).catch(() => []),
    ])
    if (found.flat().length > 0) return found.flat()
  }
  const own = await lookup(bare, { all: true }).catch(() => [])
  return own.map(({ address }) => address)
}
