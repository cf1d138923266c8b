import 'server-only'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { rules } from '@/lib/diagnosis/rule-list'
import { lanes } from '@/lib/handshake/lane'
import { verdictKinds } from '@/lib/handshake/words'
import { processWide } from '@/lib/process-wide'
import { productIds } from '@/lib/products/names'
import { outcomes } from '@/lib/vocabulary'
import { knownTools, other } from './known'
import { countedMetrics, type MetricName, readMetrics } from './metric-table'
import { takeReadings } from './readings'
import { addSink } from './sinks'

type Labels = Readonly<Record<string, string>>
type Metric = Counter | Gauge | Histogram

/** The registry of measurements until the next scrape. */
type Prometheus = {
  readonly registry: Registry
  readonly metrics: ReadonlyMap<MetricName, Metric>
}

function make(): Prometheus {
  const registry = new Registry()
  const metrics = new Map<MetricName, Metric>()
  for (const [name, { kind, help, labels, buckets }] of [...countedMetrics, ...readMetrics]) {
    const options = { name, help, labelNames: [...labels], registers: [registry] }
    if (kind === 'counter') metrics.set(name, new Counter(options))
    else if (kind === 'gauge') metrics.set(name, new Gauge(options))
    else metrics.set(name, new Histogram({ ...options, buckets: [...(buckets ?? [])] }))
  }
  collectDefaultMetrics({ register: registry })
  return { registry, metrics }
}

/** Told apart by what they can do: another bundle of this server has classes of its own. */
function add(metric: Metric | undefined, labels: Labels, value: number): void {
  if (!metric) return
  if ('observe' in metric) metric.observe(labels, value)
  else if ('set' in metric) metric.set(labels, value)
  else metric.inc(labels, value)
}

const surfaces = [...productIds, 'unknown']

/** Without a zero sample, `rate` and `increase` miss the first increment of a series. */
function startAtZero({ metrics }: Prometheus): void {
  const begin = (name: MetricName, labels: Labels) => add(metrics.get(name), labels, 0)
  for (const verdict of Object.keys(verdictKinds)) {
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
  addSink((name, value, labels) => add(prometheus.metrics.get(name), labels, value))
}

async function setReadings({ metrics }: Prometheus): Promise<void> {
  const readings = await takeReadings()
  for (const [name, { labels }] of readMetrics) {
    // removes the previous reading; resetting a metric without labels would set it to 0
    if (labels.length === 0) metrics.get(name)?.remove()
    else metrics.get(name)?.reset()
  }
  for (const { name, labels, value } of readings) add(metrics.get(name), labels, value)
}

/** All metrics in Prometheus's text format. */
export async function scrape(): Promise<{ readonly text: string; readonly contentType: string }> {
  startPrometheus()
  const prometheus = held.is ?? make()
  await setReadings(prometheus)
  return { text: await prometheus.registry.metrics(), contentType: prometheus.registry.contentType }
}
