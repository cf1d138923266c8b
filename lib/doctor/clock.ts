import type { Probe } from '@/lib/diagnosis/facts'

/**
 * How far this machine's clock is ahead of the `Date` of those who answered (RFC 9110 §6.6.1), in
 * milliseconds; `null` where nobody said. Where no edge stands in front, the answers are this
 * server's own and the difference is none.
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
