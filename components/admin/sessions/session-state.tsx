import { Badge } from '@/components/ui/badge'
import type { SessionRow } from '@/lib/admin/views'

const endedBy = { client: 'The client ended it', operator: 'An operator ended it' }

/** Whether a session is open. It does not say whether its client is connected. */
export function SessionState({ session }: { readonly session: SessionRow }) {
  if (session.endedBy) return <Badge title={endedBy[session.endedBy]}>Ended</Badge>
  return (
    <Badge tone="ok" dot title="A client that names it is served">
      Open
    </Badge>
  )
}
