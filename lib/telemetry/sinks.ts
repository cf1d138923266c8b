import 'server-only'
import { processWide } from '@/lib/process-wide'
import type { LabelsOf, MetricName } from './metric-table'

/** Receives measurements: Prometheus or OpenTelemetry. */
type Sink = (name: MetricName, value: number, labels: Readonly<Record<string, string>>) => void

const sinks = processWide('metric sinks', () => new Set<Sink>())

export const addSink = (sink: Sink): void => void sinks.add(sink)

/** Sends a measurement to all sinks: a counter's increment or a histogram's observation. */
export function measure<Name extends MetricName>(
  name: Name,
  value: number,
  labels: LabelsOf<Name>,
): void {
  for (const sink of sinks) sink(name, value, labels)
}
