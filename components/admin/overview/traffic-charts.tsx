'use client'
import { BarChart, ChartTable } from '@/components/ui/bar-chart'
import { Callout } from '@/components/ui/callout'
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import { useHydrated } from '@/components/ui/clock'
import { useNumber } from '@/components/ui/locale'
import type { Traffic, TrafficBin } from '@/lib/admin/overview/traffic'

/** The start of a bin in the reader's time zone; in UTC until that is known. */
function useBinLabel({ range }: Pick<Traffic, 'range'>): (bin: TrafficBin) => string {
  const hydrated = useHydrated()
  return ({ at }) =>
    at.toLocaleString('en-GB', {
      ...(range === '7d' ? { weekday: 'short', day: 'numeric' } : {}),
      hour: '2-digit',
      minute: '2-digit',
      ...(hydrated ? {} : { timeZone: 'UTC', timeZoneName: 'short' }),
    })
}

type Measure = {
  readonly title: string
  readonly tone: 'accent' | 'warn' | 'ok'
  readonly of: (bin: TrafficBin) => number | null
  readonly total: string
  readonly format: (value: number) => string
}

function useMeasures({ calls, errors, p95 }: Traffic): readonly Measure[] {
  const number = useNumber()
  const ms = (value: number) => `${number(value)} ms`
  return [
    {
      title: 'Tool calls',
      tone: 'accent',
      of: (bin) => bin.calls,
      total: number(calls),
      format: number,
    },
    {
      title: 'Refused or failed',
      tone: 'warn',
      of: (bin) => bin.errors,
      total: number(errors),
      format: number,
    },
    {
      title: 'Duration of a tool call',
      tone: 'ok',
      of: (bin) => bin.p95,
      total: p95 === null ? 'no calls' : `p95 ${ms(p95)}`,
      format: ms,
    },
  ]
}

/** Calls, errors and durations over time, also as a table. */
export function TrafficCharts({ traffic }: { readonly traffic: Traffic }) {
  const labelOf = useBinLabel(traffic)
  const measures = useMeasures(traffic)
  const { bins, hoursPerBin, behind } = traffic
  const rows = bins.map((bin) => ({
    key: String(bin.at.getTime()),
    cells: [
      labelOf(bin),
      ...measures.map(({ of, format }) => {
        const value = of(bin)
        return value === null ? '–' : format(value)
      }),
    ],
  }))
  return (
    <>
      {behind ? (
        <Callout>Older events are still being counted; some are missing here.</Callout>
      ) : null}
      <div className="grid gap-3 lg:grid-cols-3">
        {measures.map(({ title, tone, of, total, format }) => (
          <Card key={title}>
            <CardHeader className="min-h-0 flex-wrap pt-3.5">
              <CardTitle>{title}</CardTitle>
              <span className="text-muted text-sm tabular-nums">{total}</span>
            </CardHeader>
            <CardContent className="pt-2">
              <BarChart
                summary={`${title}: ${total}, by ${hoursPerBin === 1 ? 'the hour' : `${hoursPerBin} hours`}`}
                bars={bins.map((bin) => ({
                  key: String(bin.at.getTime()),
                  label: labelOf(bin),
                  value: of(bin),
                }))}
                tone={tone}
                format={format}
              />
            </CardContent>
          </Card>
        ))}
      </div>
      <ChartTable
        caption="Tool calls, errors and durations over time"
        heads={['From', ...measures.map(({ title }) => title)]}
        rows={rows}
      />
    </>
  )
}
