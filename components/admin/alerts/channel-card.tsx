import { Send } from 'lucide-react'
import { ActionButton } from '@/components/kit/action-button'
import { Badge } from '@/components/ui/badge'
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import { Code } from '@/components/ui/code'
import type { AlertChannelRow, testChannel } from '@/lib/admin/alerts/alerts'
import { channels } from './channels'

function Variables({ names }: { names: readonly string[] }) {
  return (
    <ul className="mt-3 flex flex-wrap gap-1.5">
      {names.map((name) => (
        <li key={name}>
          <Code className="wrap-anywhere text-xs">{name}</Code>
        </li>
      ))}
    </ul>
  )
}

function Target({ row }: { row: AlertChannelRow }) {
  if (row.target === null) return <>{channels[row.channel].purpose} Set these to use it:</>
  return (
    <>
      To <span className="wrap-anywhere font-medium text-ink">{row.target}</span>
      {row.server ? (
        <>
          {' by way of '}
          <span className="wrap-anywhere">{row.server}</span>
        </>
      ) : null}
      . Set by:
    </>
  )
}

type ChannelCardProps = {
  readonly row: AlertChannelRow
  /** absent for viewers */
  readonly test?: typeof testChannel
}

/** One alert channel: whether it is configured, by which settings, and a test. */
export function ChannelCard({ row, test }: ChannelCardProps) {
  const { label, icon: Icon } = channels[row.channel]
  const isSet = row.target !== null
  return (
    <Card>
      <CardHeader className="py-2">
        <CardTitle className="flex items-center gap-2.5">
          <Icon aria-hidden className="size-4 text-muted" />
          {label}
          <Badge tone={isSet ? 'ok' : 'neutral'} dot={isSet}>
            {isSet ? 'Set' : 'Not set'}
          </Badge>
        </CardTitle>
        {isSet && test ? (
          <ActionButton
            action={test.bind(null, row.channel)}
            aria-label={`Send a test by ${label}`}
            busy="Sending…"
            icon={<Send aria-hidden />}
          >
            Send a test
          </ActionButton>
        ) : null}
      </CardHeader>
      <CardContent className="text-pretty text-muted text-sm">
        <p>
          <Target row={row} />
        </p>
        <Variables names={row.variables} />
      </CardContent>
    </Card>
  )
}
