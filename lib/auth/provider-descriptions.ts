import 'server-only'
import { Issuer } from 'openid-client'
import { processWide } from '@/lib/process-wide'

/** How long what a provider says of itself is kept, and that it could not be asked. */
const keptMs = { said: 10 * 60_000, failed: 3000 }

type Known = { readonly issuer: Promise<Issuer>; endsAt: number }

const known = processWide('provider-descriptions', () => new Map<string, Known>())
const discover = Issuer.discover.bind(Issuer)

function describe(url: string): Promise<Issuer> {
  const before = known.get(url)
  if (before && Date.now() < before.endsAt) return before.issuer
  const issuer = discover(url)
  // the URLs are those of the settings, so that these are few
  const now: Known = { issuer, endsAt: Date.now() + keptMs.said }
  known.set(url, now)
  issuer.catch(() => {
    now.endsAt = Date.now() + keptMs.failed
  })
  return issuer
}

/**
 * Has a provider asked for its description (OpenID Connect Discovery §4) once in ten minutes. next-auth
 * asks at each step of a sign-in, and anybody can take as many steps as they like.
 */
export function cacheDescriptions(): void {
  Issuer.discover = describe
}
