import 'server-only'
import { Issuer } from 'openid-client'
import { processWide } from '@/lib/process-wide'

/** How long a provider's metadata is cached, and a failure to fetch it. */
const cacheMs = { fetched: 10 * 60_000, failed: 3000 }

type Cached = { readonly issuer: Promise<Issuer>; endsAt: number }

const known = processWide('provider-descriptions', () => new Map<string, Cached>())
const discover = Issuer.discover.bind(Issuer)

function cachedDiscover(url: string): Promise<Issuer> {
  const before = known.get(url)
  if (before && Date.now() < before.endsAt) return before.issuer
  const issuer = discover(url)
  // only URLs from the settings, so the map stays small
  const now: Cached = { issuer, endsAt: Date.now() + cacheMs.fetched }
  known.set(url, now)
  issuer.catch(() => {
    now.endsAt = Date.now() + cacheMs.failed
  })
  return issuer
}

/**
 * Fetches a provider's metadata (OpenID Connect Discovery §4) once in ten minutes. next-auth would fetch
 * it at each step of a sign-in, and anyone can start any number of sign-ins.
 */
export function cacheDescriptions(): void {
  Issuer.discover = cachedDiscover
}
