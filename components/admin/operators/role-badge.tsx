import { roleWords } from '@/components/kit/role-words'
import { Badge } from '@/components/ui/badge'
import type { Role } from '@/lib/vocabulary'

const tones = { admin: 'accent', operator: 'ok', viewer: 'neutral', member: 'outline' } as const

/** A role's name, with its permissions on hover. */
export function RoleBadge({ role }: { role: Role }) {
  const { label, may } = roleWords[role]
  return (
    <Badge tone={tones[role]} title={`${label}: ${may}`}>
      {label}
    </Badge>
  )
}
