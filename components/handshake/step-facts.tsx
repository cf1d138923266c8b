import { ClockTime } from '@/components/kit/clock-time'
import { networkWords } from '@/components/kit/facts'
import type { EventRow } from '@/lib/admin/views'

function statusLooks(status: number): string {
  if (status < 400) return 'text-ok-ink'
  return status < 500 ? 'text-warn-ink' : 'text-bad-ink'
}

/** One exchange in a line: request, response, time, duration and client. */
export function StepFacts({ event }: { event: EventRow }) {
  const { method, path, status, durationMs, network, address, agent, userAgent } = event
  return (
    <span className="flex min-w-0 flex-wrap items-baseline gap-x-3 gap-y-0.5 font-mono text-2xs text-muted">
      {path ? (
        <span className="wrap-anywhere min-w-0 text-ink">
          {method} {path}
        </span>
      ) : null}
      {status === null ? null : <span className={statusLooks(status)}>{status}</span>}
      {durationMs === null ? null : <span>{durationMs} ms</span>}
      <ClockTime at={event.at} />
      {address ? (
        <span>
          {address}
          {network ? ` (${networkWords[network]})` : ''}
        </span>
      ) : null}
      {userAgent ? (
        <span
          className="min-w-0 max-w-full truncate"
          title={agent ? `${agent}: ${userAgent}` : userAgent}
        >
          {userAgent}
        </span>
      ) : null}
    </span>
  )
}
