import { z } from 'zod'
import { combine, defineSetting } from './define'
import { oneOfWords, secretOf, wholeNumber } from './texts'

const collector = z.url({
  protocol: /^https?$/,
  error: 'must be an http(s) URL, such as http://localhost:4318',
})

/** How spans are chosen (OpenTelemetry "General SDK configuration"). */
const samplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const

const token = secretOf(16).regex(/^[A-Za-z0-9._~+/=-]+$/, 'must be letters, digits and -._~+/=')

/** Log, metrics and traces. OpenTelemetry's variables follow its specification. */
export const telemetry = {
  log: defineSetting('PORTICO_LOG', oneOfWords('text', 'json'), {
    default: 'text',
    about: '`json` prints one JSON object per line, with full times and levels.',
    see: 'observability.md#the-log-as-json',
  }),
  /** `null` when nobody may read them */
  metrics: combine(
    {
      token: defineSetting('PORTICO_METRICS_TOKEN', token, {
        about:
          'Serves Prometheus metrics at `/metrics` with this bearer token, at least 16 characters (`openssl rand -hex 24`).',
      }),
      port: defineSetting('PORTICO_METRICS_PORT', wholeNumber(1, 65_535), {
        about:
          'Serves them on a separate port, on a Node host; that port requires a token only if one is set.',
      }),
      host: defineSetting('PORTICO_METRICS_HOST', z.string(), {
        default: '127.0.0.1',
        about: 'The address of that port.',
      }),
    },
    {
      value: ({ token: bearer, port, host }) => {
        const listen = port === null ? null : { port, host }
        return bearer === null && listen === null ? null : { token: bearer, listen }
      },
    },
  ),
  /** `null` when nothing is sent; the exporters read endpoints and headers themselves */
  otlp: combine(
    {
      collector: defineSetting('OTEL_EXPORTER_OTLP_ENDPOINT', collector, {
        about:
          'The OpenTelemetry collector for traces and metrics by OTLP, such as `http://localhost:4318`. Nothing is sent unless this or one of the next two is set.',
        see: 'observability.md#opentelemetry',
      }),
      tracesTo: defineSetting('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', collector, {
        about: 'Where traces go, as a whole URL.',
      }),
      metricsTo: defineSetting('OTEL_EXPORTER_OTLP_METRICS_ENDPOINT', collector, {
        about: 'Where metrics go, as a whole URL.',
      }),
      headers: defineSetting('OTEL_EXPORTER_OTLP_HEADERS', z.string(), {
        about: 'Headers for the collector, as `name=value`, comma-separated.',
      }),
      protocol: defineSetting(
        'OTEL_EXPORTER_OTLP_PROTOCOL',
        z.literal('http/protobuf', 'must be http/protobuf, the only one that is spoken'),
        { default: 'http/protobuf', about: 'Only `http/protobuf` is supported.' },
      ),
      traces: defineSetting('OTEL_TRACES_EXPORTER', oneOfWords('otlp', 'none'), {
        default: 'otlp',
        about: '`none`: no traces are sent.',
      }),
      metrics: defineSetting('OTEL_METRICS_EXPORTER', oneOfWords('otlp', 'none'), {
        default: 'otlp',
        about: '`none`: no metrics are sent.',
      }),
      exportEveryMs: defineSetting('OTEL_METRIC_EXPORT_INTERVAL', wholeNumber(100, 3_600_000), {
        default: '60000',
        about: 'Milliseconds between two exports of metrics.',
      }),
      service: defineSetting('OTEL_SERVICE_NAME', z.string(), {
        default: 'portico',
        about: '`service.name` of traces and metrics.',
      }),
      attributes: defineSetting('OTEL_RESOURCE_ATTRIBUTES', z.string(), {
        about: 'Further attributes of the resource, as `name=value`, comma-separated.',
      }),
      sampler: defineSetting('OTEL_TRACES_SAMPLER', oneOfWords(...samplers), {
        default: 'parentbased_always_on',
        about: `Which traces are sent: ${samplers.map((name) => `\`${name}\``).join(', ')}.`,
      }),
      ratio: defineSetting('OTEL_TRACES_SAMPLER_ARG', z.coerce.number().min(0).max(1), {
        default: '1',
        about: 'The share of traces, for the samplers by ratio.',
      }),
      disabled: defineSetting('OTEL_SDK_DISABLED', z.string(), {
        about: '`true`: nothing is sent to a collector.',
      }),
    },
    {
      value: ({ sampler, ratio, exportEveryMs, ...own }) => {
        if (own.disabled?.toLowerCase() === 'true') return null
        const traces = own.traces === 'otlp' && Boolean(own.tracesTo ?? own.collector)
        const metrics = own.metrics === 'otlp' && Boolean(own.metricsTo ?? own.collector)
        return traces || metrics ? { traces, metrics, sampler, ratio, exportEveryMs } : null
      },
    },
  ),
}

/** Who may read metrics, and on which port; each may be `null`. */
export type MetricsSettings = NonNullable<z.output<typeof telemetry.metrics>>

/** What is sent with OpenTelemetry. */
export type OtlpSettings = NonNullable<z.output<typeof telemetry.otlp>>
