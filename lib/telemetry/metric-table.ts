/** A metric, as Prometheus names it. */
export type Definition = {
  readonly kind: 'counter' | 'gauge' | 'histogram'
  readonly help: string
  readonly labels: readonly string[]
  /** upper bounds of a histogram, in its unit */
  readonly buckets?: readonly number[]
}

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

/**
 * All of Portico's own metrics. Labels have few values, all known here: never an id, an address or a
 * name that a client chose. docs/observability.md describes each.
 */
export const metricTable = {
  portico_handshakes_total: {
    kind: 'counter',
    help: 'Handshakes by verdict; one that continues after a verdict gets another.',
    labels: ['verdict', 'surface', 'lane'],
  },
  portico_handshake_stage_duration_seconds: {
    kind: 'histogram',
    help: 'Time from the previous step to this one.',
    labels: ['stage'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30, 60, 300],
  },
  portico_findings_total: {
    kind: 'counter',
    help: 'Handshakes that stalled or failed, by the rule that names the likeliest cause.',
    labels: ['rule'],
  },
  portico_tokens_total: {
    kind: 'counter',
    help: 'Tokens issued, refreshed, refused, revoked and reused.',
    labels: ['action', 'grant_type'],
  },
  portico_mcp_requests_total: {
    kind: 'counter',
    help: 'Authenticated MCP messages.',
    labels: ['method', 'revision', 'outcome'],
  },
  portico_mcp_request_duration_seconds: {
    kind: 'histogram',
    help: 'Time to answer an authenticated MCP message completely.',
    labels: ['method'],
    buckets: seconds,
  },
  portico_tool_calls_total: {
    kind: 'counter',
    help: 'Tool calls.',
    labels: ['tool', 'outcome'],
  },
  portico_tool_call_duration_seconds: {
    kind: 'histogram',
    help: 'Time to answer a tool call completely.',
    labels: ['tool'],
    buckets: seconds,
  },
  portico_http_request_duration_seconds: {
    kind: 'histogram',
    help: 'Time to answer a request to an endpoint; pages are not measured.',
    labels: ['endpoint', 'status'],
    buckets: seconds,
  },
  portico_events_total: {
    kind: 'counter',
    help: 'Recorded events.',
    labels: ['event', 'outcome'],
  },
  portico_events_dropped_total: {
    kind: 'counter',
    help: 'Events lost to a full queue or a failing database.',
    labels: [],
  },
  portico_events_waiting: {
    kind: 'gauge',
    help: 'Events waiting to be written.',
    labels: [],
  },
  portico_alerts_total: {
    kind: 'counter',
    help: 'Alerts sent, and failed attempts.',
    labels: ['channel', 'outcome'],
  },
  portico_joiner_turn_duration_seconds: {
    kind: 'histogram',
    help: 'Turns of joining events to handshakes.',
    labels: ['result'],
    buckets: seconds,
  },
  portico_joiner_lag_seconds: {
    kind: 'gauge',
    help: 'Time between the newest event and the newest joined event.',
    labels: [],
  },
  portico_database_up: {
    kind: 'gauge',
    help: 'Whether the database answered for these metrics.',
    labels: [],
  },
  portico_database_connections: {
    kind: 'gauge',
    help: 'Connections in the pool.',
    labels: ['state'],
  },
  portico_database_waiting: {
    kind: 'gauge',
    help: 'Queries waiting for a connection.',
    labels: [],
  },
  portico_database_listening: {
    kind: 'gauge',
    help: 'Whether database notifications are received; otherwise the database is polled.',
    labels: [],
  },
  portico_open_streams: {
    kind: 'gauge',
    help: 'Open MCP streams of this instance.',
    labels: [],
  },
  portico_live_sessions: {
    kind: 'gauge',
    help: 'MCP sessions that have not ended, on all instances.',
    labels: [],
  },
  portico_signing_key_age_seconds: {
    kind: 'gauge',
    help: 'Age of the key that signs access tokens.',
    labels: [],
  },
  portico_build_info: {
    kind: 'gauge',
    help: 'Always 1; the labels have the versions.',
    labels: ['version', 'node_version', 'database'],
  },
} as const satisfies Readonly<Record<`portico_${string}`, Definition>>

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

/** The metrics that are read at scrape time, in the order of the table. */
export const readMetrics: readonly MetricName[] = (Object.keys(metricTable) as MetricName[]).filter(
  (name) => metricTable[name].kind === 'gauge' || name === 'portico_events_dropped_total',
)
