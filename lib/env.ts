import { isIP } from 'node:net'
import path from 'node:path'
import { z } from 'zod'
import { type AlertSettings, alertSettings, alertVariables } from './alert-settings'
import {
  type HostingSettings,
  hostingSettings,
  hostingVariables,
  originOf,
  postgresUrl,
} from './hosting-settings'
import { isLoopbackHost } from './loopback'
import { type Quirk, quirkNames } from './mcp/quirk-names'
import { lifetimeBounds } from './oauth/lifetimes'
import {
  type SignInSettings,
  signInSets,
  signInSettings,
  signInVariables,
} from './sign-in-settings'
import {
  type TelemetrySettings,
  telemetryProblems,
  telemetrySettings,
  telemetryVariables,
  traceSamplers,
} from './telemetry-settings'

/**
 * Every environment variable Portico reads. `.env.example` documents the same set; a test keeps
 * the two equal.
 */
export const variables = {
  PORT: { description: 'port to listen on', default: '3000' },
  PORTICO_HOST: {
    description:
      'address to listen on; default loopback where PORTICO_URL is on loopback, else every address of this machine; 127.0.0.1 where a proxy on it is all that reaches Portico; :: for every one, as in a container',
  },
  PORTICO_URL: {
    description:
      'public origin, exactly as people and Claude reach it; default http://localhost:$PORT',
  },
  PORTICO_FORMER_URLS: {
    description:
      'earlier values of PORTICO_URL, and other names of this server, comma-separated: what was connected under them goes on, and moves to the present address when it refreshes',
  },
  PORTICO_SERVER_NAME: { description: 'name shown to people and clients', default: 'Portico' },
  DATABASE_URL: { description: 'PostgreSQL; without it an embedded database is used' },
  DIRECT_URL: {
    description:
      'the same database past a connection pooler: migrations and notifications use it where it is set',
  },
  PORTICO_DATABASE_POOL: {
    description: 'connections to PostgreSQL at most, for each process; default 10, 3 on Vercel',
  },
  PORTICO_MIGRATE: {
    description:
      'always: bring the tables up to date at start; never: refuse to start while they are not; default always, and on a preview of Vercel never, but for an empty database',
  },
  PORTICO_DATA_DIR: {
    description: 'where the embedded database and generated secrets live',
    default: '.data',
  },
  PORTICO_SECRET: {
    description:
      'master secret, at least 32 characters; without it one is made and kept in the data directory; several instances must share one',
  },
  PORTICO_ADMIN_EMAIL: { description: 'e-mail address of the first admin' },
  PORTICO_ADMIN_PASSWORD: {
    description:
      'password of the first admin, at least 12 characters; only read while there is no user',
  },
  PORTICO_PROXY_HOPS: {
    description:
      'how many reverse proxies stand in front and append to X-Forwarded-For; default 0, and 1 on Vercel',
  },
  PORTICO_STOP_SECONDS: {
    description:
      'how long requests that are being answered may take to end when the server is asked to stop, 0 to 600',
    default: '10',
  },
  PORTICO_ALLOWED_ORIGINS: {
    description:
      'further browser origins that may call /mcp, comma-separated; claude.ai, claude.com and loopback always may',
  },
  PORTICO_REFUSE_QUIRKS: {
    description: `deviations of clients to refuse that are absorbed otherwise, comma-separated: ${quirkNames.join(', ')}`,
  },
  PORTICO_INTERNAL_CLIENT_HOSTS: {
    description:
      'hosts whose client metadata documents and keys may be fetched though they are not public or not on port 443, comma-separated, with port where it is not 443',
  },
  PORTICO_CLIENT_APPROVAL: {
    description:
      'first-seen: what a member or viewer allows waits for an operator, unless one has approved that client before',
    default: 'none',
  },
  PORTICO_ACCESS_TOKEN_MINUTES: { description: 'how long an access token lives', default: '60' },
  PORTICO_REFRESH_IDLE_DAYS: {
    description: 'how long a connection that is not used stays alive',
    default: '30',
  },
  PORTICO_REFRESH_MAX_DAYS: {
    description: 'how long a connection lives at most, used or not; then the person approves again',
    default: '365',
  },
  PORTICO_EVENT_DAYS: {
    description: 'how long events, and the handshakes made of them, are kept',
    default: '90',
  },
  PORTICO_EVENT_MEGABYTES: {
    description:
      'how large the log may become: beyond it the oldest events of strangers go first, those of attempts with a person last; default 1024, 512 with the embedded database',
  },
  PORTICO_ALERT_WEBHOOK_URL: {
    description: 'where a POST goes when a handshake stalls or fails: https, or http on loopback',
  },
  PORTICO_ALERT_WEBHOOK_SECRET: {
    description:
      'what those requests are signed with (Standard Webhooks): 24 to 64 bytes in base64, with or without "whsec_" in front',
  },
  PORTICO_ALERT_EMAIL: {
    description: 'who gets an e-mail when a handshake stalls or fails, comma-separated',
  },
  PORTICO_SMTP_URL: {
    description:
      'the server that e-mail is handed to, as smtp://user:password@host:587 or smtps://…:465',
  },
  PORTICO_SMTP_FROM: {
    description: 'sender of e-mail, as portico@example.com or Portico <portico@example.com>',
  },
  PORTICO_GITHUB_ID: { description: 'client id of an OAuth app at GitHub, to sign in with' },
  PORTICO_GITHUB_SECRET: { description: 'its client secret' },
  PORTICO_GOOGLE_ID: { description: 'client id at Google, to sign in with' },
  PORTICO_GOOGLE_SECRET: { description: 'its client secret' },
  PORTICO_OIDC_ISSUER: {
    description: 'issuer of any OpenID provider to sign in with: https, or http on loopback',
  },
  PORTICO_OIDC_ID: { description: 'client id there' },
  PORTICO_OIDC_SECRET: { description: 'its client secret' },
  PORTICO_OIDC_NAME: { description: 'what the button calls it', default: 'single sign-on' },
  PORTICO_SIGN_IN_ALLOWED: {
    description:
      'domains and e-mail addresses, comma-separated, whose people get an account when they first sign in with a provider; without it only those who have one may',
  },
  PORTICO_NEWCOMER_ROLE: {
    description: 'what those people may do: member, viewer or operator',
    default: 'member',
  },
  PORTICO_LOG: {
    description: 'json: one JSON object a line, with full times and levels',
    default: 'text',
  },
  PORTICO_METRICS_TOKEN: {
    description:
      'serves Prometheus metrics at /metrics to whoever sends this bearer token, at least 16 characters',
  },
  PORTICO_METRICS_PORT: {
    description:
      'serves them on a port of their own, where a token is asked for only if one is set',
  },
  PORTICO_METRICS_HOST: {
    description: 'the address which that port is opened on',
    default: '127.0.0.1',
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    description:
      'OpenTelemetry collector that traces and metrics are sent to, such as http://localhost:4318',
  },
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: { description: 'where traces go, as a whole URL' },
  OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: { description: 'where metrics go, as a whole URL' },
  OTEL_EXPORTER_OTLP_HEADERS: {
    description: 'headers for the collector, as name=value, comma-separated',
  },
  OTEL_EXPORTER_OTLP_PROTOCOL: {
    description: 'only http/protobuf is spoken',
    default: 'http/protobuf',
  },
  OTEL_TRACES_EXPORTER: { description: 'none: no traces are sent', default: 'otlp' },
  OTEL_METRICS_EXPORTER: { description: 'none: no metrics are sent', default: 'otlp' },
  OTEL_METRIC_EXPORT_INTERVAL: {
    description: 'milliseconds between two exports of metrics',
    default: '60000',
  },
  OTEL_SERVICE_NAME: { description: 'service.name of what is sent', default: 'portico' },
  OTEL_RESOURCE_ATTRIBUTES: {
    description: 'further attributes of the resource, as name=value, comma-separated',
  },
  OTEL_TRACES_SAMPLER: {
    description: `which traces are sent: ${traceSamplers.join(', ')}`,
    default: 'parentbased_always_on',
  },
  OTEL_TRACES_SAMPLER_ARG: {
    description: 'the share of traces, 0 to 1, for the samplers by ratio',
    default: '1',
  },
  OTEL_SDK_DISABLED: { description: 'true: nothing is sent to a collector' },
  CRON_SECRET: {
    description:
      'at least 16 characters; whoever sends it as a bearer token may call /api/cron, which does what timers do elsewhere; Vercel sends it by itself',
  },
  PORTICO_STREAM_SECONDS: {
    description:
      'ends streams of events after so long, and their readers connect again; 0 for never; default 0, 280 on Vercel, which cuts them after 300',
  },
  PORTICO_STREAMS_PER_CONNECTION: {
    description:
      'streams of MCP that one connection may hold open at once, on each instance; a person twice as many; more for a gateway that serves many people through one connection',
    default: '128',
  },
  VERCEL: {
    description:
      'set by Vercel; there is no disk there, so DATABASE_URL and PORTICO_SECRET must be set',
  },
  VERCEL_ENV: { description: 'set by Vercel: production, preview or development' },
  VERCEL_URL: { description: 'set by Vercel: the host of this deployment' },
  VERCEL_BRANCH_URL: { description: 'set by Vercel: the host of the newest one of its branch' },
  VERCEL_PROJECT_PRODUCTION_URL: { description: 'set by Vercel: the host of production' },
} as const satisfies Record<string, { description: string; default?: string }>

type VariableName = keyof typeof variables

/** The configuration, checked. */
export type Env = {
  readonly port: number
  /** the issuer: a bare origin without trailing slash, byte-equal wherever it appears (RFC 8414 §3.3) */
  readonly origin: string
  /** the protected resource (RFC 9728 §1.2) */
  readonly mcpUrl: string
  /** further origins that are this server: those it had before, without the present one */
  readonly formerOrigins: readonly string[]
  readonly serverName: string
  readonly databaseUrl: string | null
  readonly dataDir: string
  readonly secret: string | null
  readonly firstAdmin: { readonly email: string; readonly password: string } | null
  readonly proxyHops: number
  /** how long open requests may take to end once the process is asked to */
  readonly stopSeconds: number
  readonly allowedOrigins: readonly string[]
  readonly refusedQuirks: ReadonlySet<Quirk>
  readonly internalClientHosts: readonly string[]
  /** which clients wait for an operator when somebody of a lower rank allows them */
  readonly clientApproval: 'none' | 'first-seen'
  /** seconds */
  readonly lifetimes: {
    readonly accessToken: number
    readonly refreshIdle: number
    readonly refreshMax: number
  }
  /** for how many days events are kept */
  readonly eventDays: number
  /** and how large the log may become */
  readonly eventMegabytes: number
  readonly alerts: AlertSettings
  readonly signIn: SignInSettings
  readonly telemetry: TelemetrySettings
} & HostingSettings

/** Thrown by {@link readEnv}; `message` lists every problem, one to a line. */
export class ConfigurationError extends Error {
  override name = 'ConfigurationError'
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'))
  }
}

const origin = z.string().transform((value, issue) => {
  const url = URL.canParse(value) ? new URL(value) : null
  const complain = (message: string) => {
    issue.addIssue({ code: 'custom', message })
    return z.NEVER
  }
  if (!url || !/^https?:$/.test(url.protocol)) return complain('must be an http(s) URL')
  if (url.pathname !== '/' || url.search || url.hash || url.username || url.password) {
    return complain('must be a bare origin such as https://portico.example.com')
  }
  // OAuth 2.1 §1.5: every endpoint is https; loopback development is the exception in practice
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    return complain('must be https, except on localhost')
  }
  return url.origin
})

const origins = z
  .string()
  .transform((value) => value.split(',').map((one) => one.trim()))
  .pipe(z.array(origin))
  .default([])

/** How long events may be kept, in days. */
export const eventDaysBounds = { min: 1, max: 3650 } as const

/** How large the log may become, in MiB. Below, what a flood leaves before it may go would not fit. */
export const eventMegabytesBounds = { min: 64, max: 999_999 } as const
const eventMegabytes = { postgresql: 1024, embedded: 512 } as const

const within = ({ min, max }: { readonly min: number; readonly max: number }) =>
  z.coerce.number().int().min(min).max(max)

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  PORTICO_HOST: z
    .string()
    .refine((value) => isIP(value) !== 0, 'must be an IP address')
    .optional(),
  PORTICO_URL: origin.optional(),
  PORTICO_FORMER_URLS: origins,
  PORTICO_SERVER_NAME: z.string().trim().min(1).max(80).default('Portico'),
  DATABASE_URL: postgresUrl.optional(),
  PORTICO_DATA_DIR: z.string().min(1).default('.data'),
  PORTICO_SECRET: z.string().min(32, 'must be at least 32 characters').optional(),
  PORTICO_ADMIN_EMAIL: z.email('must be an e-mail address').optional(),
  PORTICO_ADMIN_PASSWORD: z.string().min(12, 'must be at least 12 characters').optional(),
  PORTICO_PROXY_HOPS: z.coerce.number().int().min(0).max(10).optional(),
  PORTICO_STOP_SECONDS: z.coerce.number().int().min(0).max(600).default(10),
  PORTICO_ALLOWED_ORIGINS: origins,
  PORTICO_REFUSE_QUIRKS: z
    .string()
    .transform((value) => value.split(',').map((one) => one.trim()))
    .pipe(z.array(z.enum(quirkNames)))
    .default([]),
  PORTICO_INTERNAL_CLIENT_HOSTS: z
    .string()
    .transform((value) => value.split(',').map((one) => one.trim().toLowerCase()))
    .pipe(z.array(z.string().regex(/^[a-z0-9.[\]:-]+$/, 'must be hosts, without scheme or path')))
    .default([]),
  PORTICO_CLIENT_APPROVAL: z
    .enum(['none', 'first-seen'], 'must be none or first-seen')
    .default('none'),
  PORTICO_ACCESS_TOKEN_MINUTES: within(lifetimeBounds.accessTokenMinutes).default(60),
  PORTICO_REFRESH_IDLE_DAYS: within(lifetimeBounds.refreshIdleDays).default(30),
  PORTICO_REFRESH_MAX_DAYS: within(lifetimeBounds.refreshMaxDays).default(365),
  PORTICO_EVENT_DAYS: within(eventDaysBounds).default(90),
  PORTICO_EVENT_MEGABYTES: within(eventMegabytesBounds).optional(),
  ...alertVariables,
  ...signInVariables,
  ...telemetryVariables,
  ...hostingVariables,
} satisfies Record<VariableName, z.ZodType>)

type Parsed = z.output<typeof schema>

/** Settings that are no use without one another. */
const sets: readonly (readonly (keyof Parsed)[])[] = [
  ['PORTICO_ADMIN_EMAIL', 'PORTICO_ADMIN_PASSWORD'],
  ['PORTICO_ALERT_WEBHOOK_URL', 'PORTICO_ALERT_WEBHOOK_SECRET'],
  ['PORTICO_ALERT_EMAIL', 'PORTICO_SMTP_URL', 'PORTICO_SMTP_FROM'],
  ...signInSets,
]

function brokenSets(parsed: Parsed): string[] {
  const broken = sets.filter((names) => new Set(names.map((name) => !parsed[name])).size > 1)
  return broken.map((names) => {
    const all = names.length === 2 ? 'both or neither' : 'all of them or none'
    return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}: set ${all}`
  })
}

function contradictions(parsed: Parsed): string[] {
  const problems = [...brokenSets(parsed), ...telemetryProblems(parsed)]
  if (parsed.DIRECT_URL && !parsed.DATABASE_URL) {
    problems.push('DIRECT_URL: must be empty without DATABASE_URL')
  }
  if (parsed.PORTICO_REFRESH_IDLE_DAYS > parsed.PORTICO_REFRESH_MAX_DAYS) {
    problems.push('PORTICO_REFRESH_IDLE_DAYS: must not exceed PORTICO_REFRESH_MAX_DAYS')
  }
  if (parsed.VERCEL && !parsed.DATABASE_URL) problems.push('DATABASE_URL: must be set on Vercel')
  if (parsed.VERCEL && !parsed.PORTICO_SECRET)
    problems.push('PORTICO_SECRET: must be set on Vercel')
  if (parsed.VERCEL && !originOf(parsed)) {
    problems.push('PORTICO_URL: must be set where Vercel names no host of the deployment')
  }
  return problems
}

/**
 * Checks a set of environment variables. An empty value counts as absent.
 *
 * @throws {ConfigurationError} naming every problem at once
 */
export function readEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.fromEntries(
    Object.keys(variables).flatMap((name) => (source[name] ? [[name, source[name]]] : [])),
  )
  const result = schema.safeParse(given)
  if (!result.success) {
    throw new ConfigurationError(
      result.error.issues.map((issue) => `${issue.path[0]?.toString()}: ${issue.message}`),
    )
  }
  const problems = contradictions(result.data)
  if (problems.length > 0) throw new ConfigurationError(problems)
  const { data } = result
  const publicOrigin = originOf(data) ?? ''
  return {
    port: data.PORT,
    origin: publicOrigin,
    mcpUrl: `${publicOrigin}/mcp`,
    formerOrigins: [...new Set(data.PORTICO_FORMER_URLS)].filter((one) => one !== publicOrigin),
    serverName: data.PORTICO_SERVER_NAME,
    databaseUrl: data.DATABASE_URL ?? null,
    dataDir: path.resolve(/*turbopackIgnore: true*/ process.cwd(), data.PORTICO_DATA_DIR),
    secret: data.PORTICO_SECRET ?? null,
    firstAdmin:
      data.PORTICO_ADMIN_EMAIL && data.PORTICO_ADMIN_PASSWORD
        ? { email: data.PORTICO_ADMIN_EMAIL, password: data.PORTICO_ADMIN_PASSWORD }
        : null,
    // Vercel overwrites X-Forwarded-For with the one address that a connection came from
    proxyHops: data.PORTICO_PROXY_HOPS ?? (data.VERCEL ? 1 : 0),
    stopSeconds: data.PORTICO_STOP_SECONDS,
    allowedOrigins: data.PORTICO_ALLOWED_ORIGINS,
    refusedQuirks: new Set(data.PORTICO_REFUSE_QUIRKS),
    internalClientHosts: data.PORTICO_INTERNAL_CLIENT_HOSTS,
    clientApproval: data.PORTICO_CLIENT_APPROVAL,
    lifetimes: {
      accessToken: data.PORTICO_ACCESS_TOKEN_MINUTES * 60,
      refreshIdle: data.PORTICO_REFRESH_IDLE_DAYS * 86_400,
      refreshMax: data.PORTICO_REFRESH_MAX_DAYS * 86_400,
    },
    eventDays: data.PORTICO_EVENT_DAYS,
    eventMegabytes:
      data.PORTICO_EVENT_MEGABYTES ??
      (data.DATABASE_URL ? eventMegabytes.postgresql : eventMegabytes.embedded),
    alerts: alertSettings(data),
    signIn: signInSettings(data),
    ...hostingSettings(data),
    telemetry: telemetrySettings(data),
  }
}

let checked: Env | undefined

/** The configuration of this process, read once. @throws {ConfigurationError} */
export function env(): Env {
  checked ??= readEnv(process.env)
  return checked
}

/** Whether this is `npm run dev`; never so in a build. */
export const isDevelopment = (): boolean => process.env.NODE_ENV === 'development'

/** next-auth takes its origin from the environment only. */
export function tellNextAuth(): void {
  process.env.NEXTAUTH_URL = env().origin
}
