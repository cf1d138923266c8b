import { Badge } from '@/components/ui/badge'
import { StatusDot } from '@/components/ui/status-dot'
import type { KeyRow } from '@/lib/admin/keys/keys'

const states: Record<KeyRow['state'], { label: string; title: string }> = {
  signing: { label: 'Signing', title: 'New tokens are signed with it' },
  verifying: { label: 'Verifying', title: 'It no longer signs; tokens it signed are accepted' },
  retired: { label: 'Retired', title: 'Every token it signed has expired' },
}

const tones = { signing: 'ok', verifying: 'accent', retired: 'neutral' } as const

/** The state of a key. */
export function KeyState({ state }: Pick<KeyRow, 'state'>) {
  return (
    <Badge tone={tones[state]} title={states[state].title}>
      {state === 'signing' ? <StatusDot tone="ok" className="size-1.5" /> : null}
      {states[state].label}
    </Badge>
  )
}
