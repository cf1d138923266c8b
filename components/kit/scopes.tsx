import { Badge } from '@/components/ui/badge'

const SHOWN = 2

/** The names of scopes; descriptions are in the title. */
export function Scopes({ scopes }: { scopes: readonly string[] }) {
  if (scopes.length === 0) return <span className="text-muted">none</span>
  const rest = scopes.length - SHOWN
  return (
    <span className="flex min-w-0 flex-wrap gap-1" title={scopes.join(' ')}>
      {scopes.slice(0, SHOWN).map((scope) => (
        <Badge key={scope} mono>
          {scope}
        </Badge>
      ))}
      {rest > 0 ? <Badge mono>+{rest}</Badge> : null}
    </span>
  )
}

/** Splits a space-separated scope (RFC 6749 §3.3). */
export const scopesOf = (scope: string): string[] => scope.split(' ').filter(Boolean)
