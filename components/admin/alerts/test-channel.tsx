'use client'
import { Send } from 'lucide-react'
import { useTransition } from 'react'
import { notify, type Outcome } from '@/components/kit/outcome'
import { Button } from '@/components/ui/button'
import type { AlertChannelRow } from '@/lib/admin/alerts/alerts'

export type TestAction = (channel: string) => Promise<Outcome>

type TestChannelProps = Pick<AlertChannelRow, 'channel'> & {
  readonly label: string
  readonly test: TestAction
}

/** The button that tests a channel. */
export function TestChannel({ channel, label, test }: TestChannelProps) {
  const [busy, start] = useTransition()
  return (
    <Button
      aria-disabled={busy}
      aria-label={busy ? undefined : `Send a test by ${label}`}
      onClick={() => {
        if (!busy) start(async () => notify(await test(channel)))
      }}
    >
      <Send aria-hidden />
      {busy ? 'Sending…' : 'Send a test'}
    </Button>
  )
}
