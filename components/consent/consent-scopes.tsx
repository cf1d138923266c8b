import { Check, Plus } from 'lucide-react'
import type { AskedScope } from '@/lib/endpoints/consent'
import type { OpenConsent } from './open-consent'

function ScopeLine({ scope, isNew }: { scope: AskedScope; isNew: boolean }) {
  const Icon = isNew ? Plus : Check
  return (
    <li className="flex gap-3">
      <span className="mt-0.5 grid size-5 shrink-0 place-items-center rounded-full bg-accent-soft text-accent-ink">
        <Icon aria-hidden className="size-3.5" />
      </span>
      <span className="min-w-0">
        <span className="block font-medium text-base">{scope.title}</span>
        <span className="block text-pretty text-muted text-sm">{scope.sentence}</span>
      </span>
    </li>
  )
}

type ScopeGroupProps = {
  readonly id: string
  readonly heading: string
  readonly scopes: readonly AskedScope[]
  readonly isNew?: boolean
}

function ScopeGroup({ id, heading, scopes, isNew = false }: ScopeGroupProps) {
  if (scopes.length === 0) return null
  return (
    <section aria-labelledby={id} className="mt-4">
      <h2 id={id} className="font-medium text-muted text-sm">
        {heading}
      </h2>
      <ul className="mt-2 grid gap-3">
        {scopes.map((scope) => (
          <ScopeLine key={scope.name} scope={scope} isNew={isNew} />
        ))}
      </ul>
    </section>
  )
}

/** What the client may do once allowed, and what is new. */
export function ConsentScopes({ scopes }: { scopes: readonly AskedScope[] }) {
  const before = scopes.filter(({ already }) => already)
  const added = scopes.filter(({ already }) => !already)
  if (scopes.length === 0) {
    return <p className="mt-2 text-muted">It asks to connect, and for nothing beyond that.</p>
  }
  if (before.length === 0) {
    return <ScopeGroup id="scopes" heading="It will be able to:" scopes={scopes} />
  }
  return (
    <>
      <p className="mt-2 text-pretty text-muted">
        {added.length > 0
          ? 'It already has some access. It asks for more:'
          : 'Already allowed. This adds another connection.'}
      </p>
      <ScopeGroup id="new-scopes" heading="New" scopes={added} isNew />
      <ScopeGroup id="old-scopes" heading="Already allowed" scopes={before} />
    </>
  )
}

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
