import type { OpenConsent } from './open-consent'

/** What the client asks for and does not get: the person's role cannot allow it. */
export function ConsentWithheld({ scopes }: { scopes: OpenConsent['withheld'] }) {
  if (scopes.length === 0) return null
  return (
    <p className="mt-3 text-pretty text-muted text-sm">
      It also asked to “{scopes.map(({ title }) => title).join('”, “')}”. Only operators can allow
      that, so it will not get it.
    </p>
  )
}
