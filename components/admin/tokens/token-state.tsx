import { CircleAlert } from 'lucide-react'
import type { ComponentProps } from 'react'
import { Badge } from '@/components/ui/badge'
import type { TokenRow } from '@/lib/admin/tokens/tokens'

const neverUsed = (
  <>
    <CircleAlert aria-hidden />
    Issued, never used
  </>
)

const states: Record<TokenRow['state'], ComponentProps<typeof Badge>> = {
  active: { tone: 'ok', dot: true, children: 'Active' },
  unused: {
    tone: 'warn',
    children: neverUsed,
    title: 'It is live, and no request to /mcp has come with it',
  },
  expired: { children: 'Expired', title: 'It has expired' },
  revoked: { children: 'Revoked', title: 'It was revoked before it expired' },
  rotated: { children: 'Rotated', title: 'It was exchanged for its successor' },
}

/** The state of a token; one that was never used stands out. */
export const TokenState = ({ state }: Pick<TokenRow, 'state'>) => <Badge {...states[state]} />
