import { Select } from '@/components/ui/select'

const spans = [
  { label: 'Last hour', ms: 3_600_000 },
  { label: 'Last 24 hours', ms: 86_400_000 },
  { label: 'Last 7 days', ms: 7 * 86_400_000 },
  { label: 'Last 30 days', ms: 30 * 86_400_000 },
]

/** To the minute, so that links stay the same for a while. */
const minutesAgo = (now: string, ms: number): string =>
  new Date(Math.floor((Date.parse(now) - ms) / 60_000) * 60_000).toISOString()

/** `2026-11-24T21:28:00.000Z` as `24 Nov, 21:28 UTC`. */
const momentWords = (at: string): string =>
  `${new Date(at).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
  })} UTC`

type TimeSelectProps = {
  /** ISO 8601, from the URL */
  readonly from: string | undefined
  readonly now: string
  readonly label?: string
}

/** The start of the shown period; the URL holds the exact time, so that a link keeps its meaning. */
export function TimeSelect({ from, now, label: name = 'Started' }: TimeSelectProps) {
  const options = spans.map(({ label, ms }) => ({ label, value: minutesAgo(now, ms) }))
  const isPreset = !from || options.some(({ value }) => value === from)
  const isDate = from !== undefined && !Number.isNaN(Date.parse(from))
  return (
    <Select
      key={from}
      name="from"
      aria-label={name}
      defaultValue={from ?? ''}
      className="max-md:flex-1 max-md:basis-[45%] md:max-w-48"
    >
      <option value="">At any time</option>
      {isPreset ? null : (
        <option value={from}>{isDate ? `Since ${momentWords(from)}` : from}</option>
      )}
      {options.map(({ label, value }) => (
        <option key={label} value={value}>
          {label}
        </option>
      ))}
    </Select>
  )
}
