import type { Probe } from '@/lib/diagnosis/facts'

/**
 * How far this machine's clock is ahead of the answers' `Date` headers (RFC 9110 §6.6.1), in
 * milliseconds; `null` without one. Without an edge in front, the answers are this server's own and the
 * skew is zero.
 */
export function clockSkewOf({ at, answers }: Probe): number | null {
  const skews = answers
    .flatMap(({ headers, durationMs }) => {
      const date = Date.parse(headers.date ?? '')
      return Number.isNaN(date) ? [] : [at + durationMs - date]
    })
    .sort((one, other) => one - other)
  return skews[Math.floor(skews.length / 2)] ?? null
}
