/** A metric, as Prometheus names it. */
export type Definition = {
  readonly kind: 'counter' | 'gauge' | 'histogram'
  readonly help: string
  readonly labels: readonly string[]
  /** upper bounds of a histogram, in its unit */
  readonly buckets?: readonly number[]
}

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

const counter = <const Labels extends readonly string[]>(help: string, ...labels: Labels) =>
  ({ kind: 'counter', help, labels }) as const

const gauge = <const Labels extends readonly string[]>(help: string, ...labels: Labels) =>
  ({ kind: 'gauge', help, labels }) as const

const histogram = <const Labels extends readonly string[]>(
  help: string,
  buckets: readonly number[],
  ...labels: Labels
) => ({ kind: 'histogram', help, buckets, labels }) as const

/**
 * All of Portico's own metrics. Labels have few values, all known here: never an id, an address or a
 * name that a client chose. docs/observability.md describes each.
 */
export const metricTable = {
  portico_handshakes_total: counter(
    'Handshakes by verdict; one that continues after a verdict gets another.',
    'verdict',
    'surface',
    'lane',
  ),
  portico_handshake_stage_duration_seconds: histogram(
    'Time from the previous step to this one.',
    [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30, 60, 300],
    'stage',
  ),
  portico_findings_total: counter(
    'Handshakes that stalled or failed, by the rule that names the likeliest cause.',
    'rule',
  ),
  portico_tokens_total: counter(
    'Tokens issued, refreshed, refused, revoked and reused.',
    'action',
    'grant_type',
  ),
  portico_mcp_requests_total: counter(
    'Authenticated MCP messages.',
    'method',
    'revision',
    'outcome',
  ),
  portico_mcp_request_duration_seconds: histogram(
    'Time to answer an authenticated MCP message completely.',
    seconds,
    'method',
  ),
  portico_tool_calls_total: counter('Tool calls.', 'tool', 'outcome'),
  portico_tool_call_duration_seconds: histogram(
    'Time to answer a tool call completely.',
    seconds,
    'tool',
  ),
  portico_http_request_duration_seconds: histogram(
    'Time to answer a request to an endpoint; pages are not measured.',
    seconds,
    'endpoint',
    'status',
  ),
  portico_events_total: counter('Recorded events.', 'event', 'outcome'),
  portico_events_dropped_total: counter('Events lost to a full queue or a failing database.'),
  portico_events_waiting: gauge('Events waiting to be written.'),
  portico_alerts_total: counter('Alerts sent, and failed attempts.', 'channel', 'outcome'),
  portico_joiner_turn_duration_seconds: histogram(
    'Turns of joining events to handshakes.',
    seconds,
    'result',
  ),
  portico_joiner_lag_seconds: gauge('Time between the newest event and the newest joined event.'),
  portico_database_up: gauge('Whether the database answered for these metrics.'),
  portico_database_connections: gauge('Connections in the pool.', 'state'),
  portico_database_waiting: gauge('Queries waiting for a connection.'),
  portico_database_listening: gauge(
    'Whether database notifications are received; otherwise the database is polled.',
  ),
  portico_open_streams: gauge('Open MCP streams of this instance.'),
  portico_live_sessions: gauge('MCP sessions that have not ended, on all instances.'),
  portico_signing_key_age_seconds: gauge('Age of the key that signs access tokens.'),
  portico_build_info: gauge(
    'Always 1; the labels have the versions.',
    'version',
    'node_version',
    'database',
  ),
} satisfies Readonly<Record<`portico_${string}`, Definition>>

/** The name of a metric. */
export type MetricName = keyof typeof metricTable

/** The labels of a metric. */
export type LabelsOf<Name extends MetricName> = Readonly<
  Record<(typeof metricTable)[Name]['labels'][number], string>
>

/** A value that is read at scrape time, not counted as it happens. */
export type Reading = {
  readonly name: MetricName
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

const metrics = Object.entries(metricTable) as readonly (readonly [MetricName, Definition])[]

const isRead = (name: MetricName): boolean =>
  metricTable[name].kind === 'gauge' || name === 'portico_events_dropped_total'

/** The metrics that are counted as things happen. */
export const countedMetrics = metrics.filter(([name]) => !isRead(name))

/** The metrics that are read at scrape time. */
export const readMetrics = metrics.filter(([name]) => isRead(name))
