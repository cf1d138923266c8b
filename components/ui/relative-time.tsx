'use client'
import { useHydrated, useNow } from '@/components/ui/clock'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const units = [
  { below: MINUTE, size: 1, name: 's' },
  { below: HOUR, size: MINUTE, name: 'min' },
  { below: DAY, size: HOUR, name: 'h' },
  { below: 30 * DAY, size: DAY, name: 'd' },
]

const day = (at: Date, zone?: string) =>
  at.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: zone,
  })

const exact = (at: Date, zone?: string) =>
  at.toLocaleString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    timeZone: zone,
  })

/** A time relative to another: `3 min ago`, `in 29 d`, or a date when far away. */
function relativeWords(at: number, now: number): string | null {
  const seconds = Math.round(Math.abs(now - at) / 1000)
  // the clock ticks every ten seconds, so a recent time may seem to be in the future
  if (seconds < 10) return 'just now'
  const unit = units.find((candidate) => seconds < candidate.below)
  if (!unit) return null
  const amount = `${Math.floor(seconds / unit.size)} ${unit.name}`
  return at > now ? `in ${amount}` : `${amount} ago`
}

type RelativeTimeProps = {
  /** ISO 8601 if a string */
  readonly at: Date | string
  readonly className?: string
}

/** A relative time; exact on hover and for machines. */
export function RelativeTime({ at, className }: RelativeTimeProps) {
  const now = useNow()
  const zone = useHydrated() ? undefined : 'UTC'
  const date = new Date(at)
  const words = now === null ? null : relativeWords(date.getTime(), now)
  return (
    <time
      data-slot="relative-time"
      dateTime={typeof at === 'string' ? at : at.toISOString()}
      title={exact(date, zone)}
      className={className}
    >
      {words ?? day(date, zone)}
    </time>
  )
}
