import 'server-only'
import { lookup, Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'
import { isLoopbackHost } from '@/lib/loopback'

/**
 * The addresses of a host name: those of its name servers, which is what the world sees, else what
 * this machine makes of it.
 *
 * @returns an empty list where it does not resolve
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
