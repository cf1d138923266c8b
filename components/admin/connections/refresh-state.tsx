import { Badge } from '@/components/ui/badge'
import { RelativeTime } from '@/components/ui/relative-time'
import type { RefreshNote } from '@/lib/admin/connections/health'

const missing =
  'It came with an expired token, was asked to refresh it, and has not done so within the 30 s that Claude allows itself. It will have to be connected again.'

const dying = {
  'not being used': 'It ends then unless it is used before.',
  'its longest life': 'It ends then however much it is used; the person has to approve it again.',
}

/** Refresh anomalies of a connection; nothing if there are none. */
export function RefreshState({ note }: { note: RefreshNote | undefined }) {
  if (!note) return null
  const { state, missingSince, diesAt, diesOf, races } = note
  if (state === 'refresh missing' && missingSince) {
    return (
      <Badge tone="warn" title={missing}>
        Refresh overdue <RelativeTime at={missingSince} />
      </Badge>
    )
  }
  if (state === 'dying' && diesAt) {
    return (
      <Badge tone="warn" title={diesOf ? dying[diesOf] : undefined}>
        Ends <RelativeTime at={diesAt} />
      </Badge>
    )
  }
  return (
    <Badge
      tone="outline"
      title="Several servers of the client refreshed the same token at once. Each was given the same successor, so nobody was disconnected."
    >
      {races} {races === 1 ? 'refresh race' : 'refresh races'} absorbed
    </Badge>
  )
}
