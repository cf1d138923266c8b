import 'server-only'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { DiagLogLevel, diag } from '@opentelemetry/api'
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import {
  defaultResource,
  detectResources,
  envDetector,
  type Resource,
  resourceFromAttributes,
} from '@opentelemetry/resources'
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import { env } from '@/lib/config/env'
import type { OtlpSettings } from '@/lib/config/telemetry'
import { subscribe } from '@/lib/recorder/signals'
import { afterAnswer } from '@/lib/runtime/after'
import { logWarning } from '@/lib/runtime/log'
import { version } from '@/lib/runtime/version'
import { tlsCauseInWords } from '@/lib/tls-cause'
import { metricsOf } from './otlp-metrics'
import { spansOf } from './spans'

/** At most one log line a minute while the collector is unavailable. */
const complainEveryMs = 60_000

/** The library reports errors as objects, in lists, or as JSON with a stack. */
function shortText(what: unknown): string {
  if (Array.isArray(what)) return what.map(shortText).join(', ')
  const ofTls = tlsCauseInWords(what)
  if (ofTls) return `the collector cannot be trusted: ${ofTls}`
  if (what instanceof Error) return what.message || what.name
  const text = String(what)
  const message = /"message":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1]
  return message ? message : text
}

function logRarely(): void {
  let next = 0
  const complain = (...what: unknown[]): void => {
    if (Date.now() < next) return
    next = Date.now() + complainEveryMs
    logWarning(`OpenTelemetry: ${what.map(shortText).join(' ').slice(0, 300)}`)
  }
  const skip = () => {}
  const logger = { error: complain, warn: complain, info: skip, debug: skip }
  diag.setLogger(
    { ...logger, verbose: skip },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  )
}

/** The resource of this server; the operator's variables override the defaults. */
const ownResource = (): Resource =>
  defaultResource()
    .merge(
      resourceFromAttributes({
        'service.name': 'portico',
        'service.version': version,
        'service.instance.id': randomUUID(),
      }),
    )
    .merge(detectResources({ detectors: [envDetector] }))

/** Less than the whole stop may take. */
const stopMs = 1000

/** An open provider that can be flushed and closed. */
type Provider = { forceFlush: () => Promise<void>; shutdown: () => Promise<void> }

/** The sampler of `OTEL_TRACES_SAMPLER` and its argument. */
function samplerOf({ sampler, ratio }: OtlpSettings): Sampler {
  const root = sampler.endsWith('always_off')
    ? new AlwaysOffSampler()
    : sampler.endsWith('traceidratio')
      ? new TraceIdRatioBasedSampler(ratio)
      : new AlwaysOnSampler()
  return sampler.startsWith('parentbased_') ? new ParentBasedSampler({ root }) : root
}

function startTraces(settings: OtlpSettings, resource: Resource): Provider {
  const provider = new TracerProvider({
    resource,
    sampler: samplerOf(settings),
    spanLimits: { attributeValueLengthLimit: 500 },
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  })
  subscribe('exchange', spansOf(provider.getTracer('portico', version)))
  return provider
}

function startMetrics({ exportEveryMs }: OtlpSettings, resource: Resource): Provider {
  const reader = new PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter(),
    exportIntervalMillis: exportEveryMs,
    exportTimeoutMillis: Math.min(exportEveryMs, 10_000),
  })
  const provider = new MeterProvider({ resource, readers: [reader] })
  metricsOf(provider.getMeter('portico', version), exportEveryMs / 2)
  return provider
}

/** A function flushes after each answer, because it may never run again. */
function sendAfterAnswers(
  traces: Provider | null,
  metrics: Provider | null,
  everyMs: number,
): void {
  let next = 0
  subscribe('exchange', () =>
    afterAnswer(async () => {
      const isDue = Date.now() >= next
      if (isDue) next = Date.now() + everyMs
      await Promise.allSettled([traces?.forceFlush(), isDue && metrics?.forceFlush()])
    }),
  )
}

/**
 * Starts to send traces and metrics with OTLP. Nothing is registered with OpenTelemetry's global API,
 * so that Next's own spans are not sent.
 *
 * @returns a function that flushes and stops, without waiting long for an unavailable collector
 */
export function startSending(settings: OtlpSettings): () => Promise<void> {
  logRarely()
  const resource = ownResource()
  const traces = settings.traces ? startTraces(settings, resource) : null
  const metrics = settings.metrics ? startMetrics(settings, resource) : null
  if (env().isServerless) sendAfterAnswers(traces, metrics, settings.exportEveryMs)
  return async () => {
    const stopped = Promise.allSettled([traces?.shutdown(), metrics?.shutdown()])
    await Promise.race([stopped, sleep(stopMs, undefined, { ref: false })])
  }
}
