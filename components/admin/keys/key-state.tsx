import { Badge } from '@/components/ui/badge'
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
    <Badge tone={tones[state]} dot={state === 'signing'} title={states[state].title}>
      {states[state].label}
    </Badge>
  )
}
