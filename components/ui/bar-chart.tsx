/** A bin of the horizontal axis; `null` if nothing was measured. */
type Bar = {
  readonly key: string
  /** below the chart and in the table */
  readonly label: string
  readonly value: number | null
}

const fills = { accent: 'fill-accent-ink', warn: 'fill-warn', ok: 'fill-ok' } as const

const WIDTH = 10
const HEIGHT = 100
const GAP = 2

type BarChartProps = {
  /** describes the chart in a sentence */
  readonly summary: string
  readonly bars: readonly Bar[]
  readonly tone: keyof typeof fills
  readonly format: (value: number) => string
}

function Bars({ bars, tone, most, format }: BarChartProps & { readonly most: number }) {
  return bars.map(({ key, label, value }, index) => {
    // a non-zero value must be visible
    const height = value ? Math.max((value / most) * HEIGHT, 2) : 0
    return (
      <g key={key}>
        <title>{`${label}: ${value === null ? 'nothing' : format(value)}`}</title>
        <rect x={index * WIDTH} width={WIDTH} height={HEIGHT} className="fill-transparent" />
        <rect
          x={index * WIDTH + GAP / 2}
          y={HEIGHT - height}
          width={WIDTH - GAP}
          height={height}
          className={fills[tone]}
        />
      </g>
    )
  })
}

function Grid({ width }: { readonly width: number }) {
  return [0, HEIGHT / 2, HEIGHT].map((y) => (
    <line
      key={y}
      x2={width}
      y1={y}
      y2={y}
      vectorEffect="non-scaling-stroke"
      className="stroke-1 stroke-line"
    />
  ))
}

/** Bars over time, rendered on the server; {@link ChartTable} has the same as text. */
export function BarChart(props: BarChartProps) {
  const { summary, bars, format } = props
  const most = Math.max(1, ...bars.map(({ value }) => value ?? 0))
  const width = bars.length * WIDTH
  const shown = [bars.at(0), bars.at(Math.floor(bars.length / 2)), bars.at(-1)]
  return (
    <div data-slot="bar-chart" className="grid gap-1">
      <span aria-hidden className="text-2xs text-muted tabular-nums">
        {format(most)}
      </span>
      <svg
        role="img"
        aria-label={summary}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-28 w-full overflow-visible"
      >
        <Grid width={width} />
        <Bars {...props} most={most} />
      </svg>
      <span aria-hidden className="flex justify-between gap-2 text-2xs text-muted tabular-nums">
        {shown.map((bar) => (bar ? <span key={bar.key}>{bar.label}</span> : null))}
      </span>
    </div>
  )
}

type ChartTableProps = {
  readonly caption: string
  readonly heads: readonly string[]
  readonly rows: readonly { readonly key: string; readonly cells: readonly string[] }[]
}

/** The numbers of a chart as a table. */
export function ChartTable({ caption, heads, rows }: ChartTableProps) {
  return (
    <details data-slot="chart-table" className="min-w-0 text-sm">
      <summary className="inline-flex min-h-6 items-center text-muted hover:text-ink">
        Show as a table
      </summary>
      <div className="mt-2 max-h-72 overflow-auto">
        <table className="w-full tabular-nums">
          <caption className="sr-only">{caption}</caption>
          <thead className="text-left text-muted text-xs">
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col" className="border-b py-1.5 pr-4 font-medium">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y">
            {rows.map(({ key, cells: [first, ...cells] }) => (
              <tr key={key}>
                <th scope="row" className="py-1 pr-4 text-left font-normal">
                  {first}
                </th>
                {cells.map((cell, index) => (
                  <td key={heads[index + 1]} className="py-1 pr-4">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
