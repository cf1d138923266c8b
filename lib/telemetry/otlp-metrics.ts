import 'server-only'
import type { Meter } from '@opentelemetry/api'
import { subscribe } from '@/lib/recorder/signals'
import { httpMetricAttributes, mcpMetricAttributes } from './conventions'
import { countedMetrics, type MetricName, readMetrics } from './metric-table'
import { takeReadings } from './readings'
import { addSink } from './sinks'

/** The buckets of the conventions, in seconds. */
const mcpBuckets = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300]
const httpBuckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

/**
 * The metric's name in OpenTelemetry's form, `portico.tool.calls`, and its options: a collector that
 * exports to Prometheus restores the original name.
 */
function inOtlp(metric: MetricName, description: string) {
  const bare = metric.replace(/_(total|info)$/, '')
  const unit = bare.endsWith('_seconds') ? 's' : '1'
  return [bare.replace(/_seconds$/, '').replaceAll('_', '.'), { description, unit }] as const
}

function addOwnMetrics(meter: Meter): void {
  const takers = new Map<MetricName, (value: number, labels: Record<string, string>) => void>()
  for (const [metric, { kind, help, buckets }] of countedMetrics) {
    const [name, options] = inOtlp(metric, help)
    if (kind === 'counter') {
      const counter = meter.createCounter(name, options)
      takers.set(metric, (value, labels) => counter.add(value, labels))
    } else {
      const advice = { explicitBucketBoundaries: [...(buckets ?? [])] }
      const histogram = meter.createHistogram(name, { ...options, advice })
      takers.set(metric, (value, labels) => histogram.record(value, labels))
    }
  }
  addSink((name, value, labels) => takers.get(name)?.(value, labels))
}

function addReadings(meter: Meter, patience: number): void {
  const read = new Map(
    readMetrics.map(([metric, { kind, help }]) => {
      const [name, options] = inOtlp(metric, help)
      const instrument =
        kind === 'counter'
          ? meter.createObservableCounter(name, options)
          : meter.createObservableGauge(name, options)
      return [metric, instrument]
    }),
  )
  meter.addBatchObservableCallback(
    async (result) => {
      for (const { name, value, labels } of await takeReadings(patience)) {
        const instrument = read.get(name)
        if (instrument) result.observe(instrument, value, labels)
      }
    },
    [...read.values()],
  )
}

function addConventional(meter: Meter): void {
  const operation = meter.createHistogram('mcp.server.operation.duration', {
    description:
      'MCP request or notification duration as observed on the receiver from the time it was received until the result or ack is sent.',
    unit: 's',
    advice: { explicitBucketBoundaries: mcpBuckets },
  })
  const session = meter.createHistogram('mcp.server.session.duration', {
    description: 'The duration of the MCP session as observed on the MCP server.',
    unit: 's',
    advice: { explicitBucketBoundaries: mcpBuckets },
  })
  const request = meter.createHistogram('http.server.request.duration', {
    description: 'Duration of HTTP server requests.',
    unit: 's',
    advice: { explicitBucketBoundaries: httpBuckets },
  })
  subscribe('exchange', (ended) => {
    const { mcp, durationMs } = ended
    request.record(durationMs / 1000, httpMetricAttributes(ended))
    if (mcp) operation.record(durationMs / 1000, mcpMetricAttributes(ended, mcp))
  })
  subscribe('session', ({ ms, revision }) =>
    session.record(ms / 1000, {
      'mcp.protocol.version': revision,
      'network.transport': 'tcp',
      'network.protocol.name': 'http',
    }),
  )
}

/**
 * Creates Portico's metrics and those of the conventions with a meter.
 *
 * @param patience how long to wait for the database, in milliseconds
 */
export function metricsOf(meter: Meter, patience: number): void {
  addOwnMetrics(meter)
  addReadings(meter, patience)
  addConventional(meter)
}
