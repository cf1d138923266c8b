'use client'
import { useHydrated } from '@/components/ui/clock'

const two = (value: number) => String(value).padStart(2, '0')

/** `18:24:53.071` in the reader's time zone; in UTC until that is known. */
function clockTime(at: Date, local: boolean): string {
  if (!local) return at.toISOString().slice(11, 23)
  const seconds = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':')
  return `${seconds}.${String(at.getMilliseconds()).padStart(3, '0')}`
}

/** When an event happened, to the millisecond. */
export function ClockTime({ at }: { at: string }) {
  const local = useHydrated()
  const date = new Date(at)
  const [seconds, millis] = clockTime(date, local).split('.')
  return (
    <time dateTime={at} title={local ? date.toString() : at} className="tabular-nums">
      {seconds}
      <span className="text-muted">.{millis}</span>
    </time>
  )
}

/** The time zone that {@link ClockTime} uses, such as `UTC+1`. */
export function ClockZone() {
  const local = useHydrated()
  const minutes = local ? -new Date().getTimezoneOffset() : 0
  if (minutes === 0) return 'UTC'
  const hours = Math.trunc(Math.abs(minutes) / 60)
  const rest = Math.abs(minutes) % 60
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${rest ? `:${two(rest)}` : ''}`
}
