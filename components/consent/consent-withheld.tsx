import type { OpenConsent } from './open-consent'

/** Scopes that the client asks for and the user's role cannot grant. */
export function ConsentWithheld({ scopes }: { scopes: OpenConsent['withheld'] }) {
  if (scopes.length === 0) return null
  return (
    <p className="mt-3 text-pretty text-muted text-sm">
      It also asked to “{scopes.map(({ title }) => title).join('”, “')}”. Only operators can allow
      that, so it will not get it.
    </p>
  )
}
