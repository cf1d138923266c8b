import { Badge } from '@/components/ui/badge'

const SHOWN = 2

type ScopesProps = { readonly scopes: readonly string[] }

const badges = (scopes: readonly string[]) =>
  scopes.map((scope) => (
    <Badge key={scope} mono>
      {scope}
    </Badge>
  ))

/** The names of the first scopes; the title has all of them. */
export function Scopes({ scopes }: ScopesProps) {
  if (scopes.length === 0) return <span className="text-muted">none</span>
  const rest = scopes.length - SHOWN
  return (
    <span className="flex min-w-0 flex-wrap gap-1" title={scopes.join(' ')}>
      {badges(scopes.slice(0, SHOWN))}
      {rest > 0 ? <Badge mono>+{rest}</Badge> : null}
    </span>
  )
}

/** The names of all scopes. */
export const AllScopes = ({ scopes }: ScopesProps) => (
  <span className="flex flex-wrap gap-1">{badges(scopes)}</span>
)

/** Splits a space-separated scope (RFC 6749 §3.3). */
export const scopesOf = (scope: string): string[] => scope.split(' ').filter(Boolean)
