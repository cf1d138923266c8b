'use client'
import { TitledCard } from '@/components/ui/card'
import { useHydrated } from '@/components/ui/clock'
import { NumberText } from '@/components/ui/locale'
import type { ConnectionPage } from '@/lib/admin/connections/page'

const shortest = 3

/** Tool calls per day in the last thirty days. */
export function CallsByDay({ days }: Pick<ConnectionPage, 'days'>) {
  const locale = useHydrated() ? undefined : 'en-GB'
  const dayOf = (day: Date) =>
    day.toLocaleDateString(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  const [first] = days
  const total = days.reduce((sum, { calls }) => sum + calls, 0)
  const most = Math.max(1, ...days.map(({ calls }) => calls))
  const busiest = days.find(({ calls }) => calls === most)
  const words = busiest
    ? `${total} tool calls in 30 days, most on ${dayOf(busiest.day)}: ${most}`
    : 'No tool calls in 30 days'
  return (
    <TitledCard
      title="Calls in 30 days"
      beside={
        <span className="font-semibold text-lg tabular-nums">
          <NumberText value={total} />
        </span>
      }
    >
      <div className="px-4 pb-3">
        <div role="img" aria-label={words} className="flex h-20 items-end gap-px sm:gap-0.5">
          {days.map(({ day, calls }) => (
            <span
              key={day.getTime()}
              title={`${dayOf(day)}: ${calls} ${calls === 1 ? 'call' : 'calls'}`}
              className="flex h-full flex-1 items-end"
            >
              <span
                className={calls > 0 ? 'w-full rounded-t-xs bg-accent' : 'w-full bg-line'}
                style={{ height: calls > 0 ? `max(${shortest}px, ${(calls / most) * 100}%)` : 1 }}
              />
            </span>
          ))}
        </div>
        <div aria-hidden className="mt-1.5 flex justify-between text-muted text-xs">
          <span>{first ? dayOf(first.day) : null}</span>
          <span>today</span>
        </div>
      </div>
    </TitledCard>
  )
}
