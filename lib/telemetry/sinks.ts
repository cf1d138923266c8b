import 'server-only'
import { processWide } from '@/lib/process-wide'
import type { LabelsOf, MetricName } from './metric-table'

/** Where measurements go: Prometheus, OpenTelemetry, or both. */
export type Sink = {
  /** of a counter, what is added; of a histogram, what was observed */
  readonly take: (name: MetricName, value: number, labels: Readonly<Record<string, string>>) => void
}

const sinks = processWide('metric sinks', () => new Set<Sink>())

/** Adds one. */
export const addSink = (sink: Sink): void => void sinks.add(sink)

/** Takes a measurement: what a counter goes up by, or a histogram observed. */
export function measure<Name extends MetricName>(
  name: Name,
  value: number,
  labels: LabelsOf<Name>,
): void {
  for (const sink of sinks) sink.take(name, value, labels)
}
