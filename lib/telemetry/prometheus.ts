import 'server-only'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { rules } from '@/lib/diagnosis/rule-list'
import { lanes } from '@/lib/handshake/lane'
import { processWide } from '@/lib/process-wide'
import { productIds } from '@/lib/products/names'
import { outcomes } from '@/lib/vocabulary'
import { knownTools, other } from './known'
import { type Definition, type MetricName, metricTable, readMetrics } from './metric-table'
import { takeReadings } from './readings'
import { addSink } from './sinks'

type Labels = Readonly<Record<string, string>>

/** The registry of measurements until the next scrape. */
type Prometheus = {
  readonly registry: Registry
  readonly counters: ReadonlyMap<MetricName, Counter>
  readonly gauges: ReadonlyMap<MetricName, Gauge>
  readonly histograms: ReadonlyMap<MetricName, Histogram>
}

function make(): Prometheus {
  const registry = new Registry()
  const counters = new Map<MetricName, Counter>()
  const gauges = new Map<MetricName, Gauge>()
  const histograms = new Map<MetricName, Histogram>()
  for (const [key, definition] of Object.entries(metricTable)) {
    const name = key as MetricName
    const { kind, help, labels, buckets }: Definition = definition
    const options = { name, help, labelNames: [...labels], registers: [registry] }
    if (kind === 'counter') counters.set(name, new Counter(options))
    else if (kind === 'gauge') gauges.set(name, new Gauge(options))
    else histograms.set(name, new Histogram({ ...options, buckets: [...(buckets ?? [])] }))
  }
  collectDefaultMetrics({ register: registry })
  return { registry, counters, gauges, histograms }
}

const verdicts = [
  'in-progress',
  'signed-in',
  'connected',
  'degraded',
  'refused-by-operator',
  'stalled',
  'failed',
]
const surfaces = [...productIds, 'unknown']

/** Without a zero sample, `rate` and `increase` miss the first increment of a series. */
function startAtZero({ counters }: Prometheus): void {
  const begin = (name: MetricName, labels: Labels) => counters.get(name)?.inc(labels, 0)
  for (const verdict of verdicts) {
    for (const surface of surfaces) {
      for (const lane of lanes) begin('portico_handshakes_total', { verdict, surface, lane })
    }
  }
  for (const tool of [...knownTools, other]) {
    for (const outcome of outcomes) begin('portico_tool_calls_total', { tool, outcome })
  }
  for (const { id } of rules) begin('portico_findings_total', { rule: id })
  begin('portico_findings_total', { rule: 'none' })
  for (const channel of ['webhook', 'email']) {
    for (const outcome of ['sent', 'failed']) begin('portico_alerts_total', { channel, outcome })
  }
}

const held = processWide('prometheus', (): { is: Prometheus | null } => ({ is: null }))

/** Starts to collect measurements for Prometheus, once per process. */
export function startPrometheus(): void {
  if (held.is) return
  const prometheus = make()
  held.is = prometheus
  startAtZero(prometheus)
  const { counters, histograms } = prometheus
  addSink({
    take: (name, value, labels) => {
      const counter = counters.get(name)
      if (counter) counter.inc(labels, value)
      else histograms.get(name)?.observe(labels, value)
    },
  })
}

/** Removes the previous reading; resetting a metric without labels would set it to 0. */
function forget(name: MetricName, metric: Counter | Gauge | undefined): void {
  const { labels }: Definition = metricTable[name]
  if (labels.length === 0) metric?.remove()
  else metric?.reset()
}

async function setReadings({ counters, gauges }: Prometheus): Promise<void> {
  const readings = await takeReadings()
  for (const name of readMetrics) forget(name, gauges.get(name) ?? counters.get(name))
  for (const { name, labels, value } of readings) {
    const gauge = gauges.get(name)
    if (gauge) gauge.set(labels, value)
    else counters.get(name)?.inc(labels, value)
  }
}

/** All metrics in Prometheus's text format. */
export async function scrape(): Promise<{ readonly text: string; readonly contentType: string }> {
  startPrometheus()
  const prometheus = held.is ?? make()
  await setReadings(prometheus)
  return { text: await prometheus.registry.metrics(), contentType: prometheus.registry.contentType }
}
