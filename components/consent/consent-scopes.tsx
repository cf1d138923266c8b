import { Check } from 'lucide-react'
import type { OpenConsent } from './consent-form'

/** What the client may do once allowed. */
export function ConsentScopes({ scopes }: { scopes: OpenConsent['scopes'] }) {
  if (scopes.length === 0) {
    return <p className="mt-2 text-muted">It asks to connect, and for nothing beyond that.</p>
  }
  return (
    <>
      <p className="mt-2 text-muted">It will be able to:</p>
      <ul className="mt-3 grid gap-3">
        {scopes.map((scope) => (
          <li key={scope.name} className="flex gap-3">
            <span className="mt-0.5 grid size-5 shrink-0 place-items-center rounded-full bg-accent-soft text-accent-ink">
              <Check aria-hidden className="size-3.5" />
            </span>
            <span className="min-w-0">
              <span className="block font-medium text-base">{scope.title}</span>
              <span className="block text-pretty text-muted text-sm">{scope.sentence}</span>
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
