import { z } from 'zod'

/** How spans are chosen (OpenTelemetry "General SDK configuration"). */
export const traceSamplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const

/** What of OpenTelemetry is sent; the exporters read where to and with which headers themselves. */
export type OtlpSettings = {
  readonly traces: boolean
  readonly metrics: boolean
  readonly sampler: (typeof traceSamplers)[number]
  /** of the samplers by ratio, 0 to 1 */
  readonly ratio: number
  /** milliseconds between two exports of metrics */
  readonly exportEveryMs: number
}

/** Who may read metrics, and where; `null` for nobody, or no port of its own. */
export type MetricsSettings = {
  readonly token: string | null
  readonly listen: { readonly port: number; readonly host: string } | null
}

/** How the server is seen from outside. */
export type TelemetrySettings = {
  /** `null` where nobody may read them */
  readonly metrics: MetricsSettings | null
  /** `null` where nothing is sent */
  readonly otlp: OtlpSettings | null
  readonly log: 'text' | 'json'
}

const collector = z
  .string()
  .refine(
    (value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol),
    'must be an http(s) URL, such as http://localhost:4318',
  )

const exporter = z.enum(['otlp', 'none'], 'must be otlp or none').default('otlp')

/** Schemas of the variables. OpenTelemetry's are those of its specification. */
export const telemetryVariables = {
  PORTICO_LOG: z.enum(['text', 'json'], 'must be text or json').default('text'),
  PORTICO_METRICS_TOKEN: z
    .string()
    .min(16, 'must be at least 16 characters')
    .regex(/^[A-Za-z0-9._~+/=-]+$/, 'must be of letters, digits and -._~+/=')
    .optional(),
  PORTICO_METRICS_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  PORTICO_METRICS_HOST: z.string().min(1).default('127.0.0.1'),
  OTEL_EXPORTER_OTLP_ENDPOINT: collector.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collector.optional(),
  OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: collector.optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z.string().optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: z
    .literal('http/protobuf', 'must be http/protobuf, the only one that is spoken')
    .optional(),
  OTEL_TRACES_EXPORTER: exporter,
  OTEL_METRICS_EXPORTER: exporter,
  OTEL_METRIC_EXPORT_INTERVAL: z.coerce.number().int().min(100).max(3_600_000).default(60_000),
  OTEL_SERVICE_NAME: z.string().optional(),
  OTEL_RESOURCE_ATTRIBUTES: z.string().optional(),
  OTEL_TRACES_SAMPLER: z
    .enum(traceSamplers, `must be one of ${traceSamplers.join(', ')}`)
    .default('parentbased_always_on'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  OTEL_SDK_DISABLED: z.string().optional(),
}

type Parsed = z.output<z.ZodObject<typeof telemetryVariables>>

function otlpSettings(data: Parsed): OtlpSettings | null {
  if (data.OTEL_SDK_DISABLED?.toLowerCase() === 'true') return null
  const all = data.OTEL_EXPORTER_OTLP_ENDPOINT
  const has = (own: string | undefined, chosen: string) => Boolean(own ?? all) && chosen === 'otlp'
  const traces = has(data.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, data.OTEL_TRACES_EXPORTER)
  const metrics = has(data.OTEL_EXPORTER_OTLP_METRICS_ENDPOINT, data.OTEL_METRICS_EXPORTER)
  if (!traces && !metrics) return null
  return {
    traces,
    metrics,
    sampler: data.OTEL_TRACES_SAMPLER,
    ratio: data.OTEL_TRACES_SAMPLER_ARG,
    exportEveryMs: data.OTEL_METRIC_EXPORT_INTERVAL,
  }
}

function metricsSettings(data: Parsed): MetricsSettings | null {
  const { PORTICO_METRICS_TOKEN: token = null, PORTICO_METRICS_PORT: port } = data
  const listen = port === undefined ? null : { port, host: data.PORTICO_METRICS_HOST }
  return token === null && listen === null ? null : { token, listen }
}

/** The settings that the variables make. */
export const telemetrySettings = (data: Parsed): TelemetrySettings => ({
  metrics: metricsSettings(data),
  otlp: otlpSettings(data),
  log: data.PORTICO_LOG,
})

/** What contradicts what else is set, one sentence each. */
export function telemetryProblems(data: Parsed & { PORT: number; VERCEL?: string | undefined }) {
  const { PORTICO_METRICS_PORT: port } = data
  if (port === undefined) return []
  if (data.VERCEL)
    return ['PORTICO_METRICS_PORT: must be empty on Vercel, where nothing can listen']
  return port === data.PORT ? ['PORTICO_METRICS_PORT: must not be the PORT'] : []
}
