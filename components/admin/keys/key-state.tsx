import type { ComponentProps } from 'react'
import { Badge } from '@/components/ui/badge'
import type { KeyRow } from '@/lib/admin/keys/keys'

const states: Record<KeyRow['state'], ComponentProps<typeof Badge>> = {
  signing: { tone: 'ok', dot: true, children: 'Signing', title: 'New tokens are signed with it' },
  verifying: {
    tone: 'accent',
    children: 'Verifying',
    title: 'It no longer signs; tokens it signed are accepted',
  },
  retired: { children: 'Retired', title: 'Every token it signed has expired' },
}

/** The state of a key. */
export function KeyState({ state }: Pick<KeyRow, 'state'>) {
  return <Badge {...states[state]} />
}
