import {
  type Context,
  defaultTextMapGetter,
  type Link,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import type { EndedExchange, McpOperation } from '@/lib/recorder/signals'
import {
  errorType,
  httpSpanAttributes,
  mcpSpanAttributes,
  mcpSpanName,
  routeOf,
} from './conventions'

/**
 * Creates the spans of a request after it ends: only then are all attributes known, and the request does
 * not wait.
 */

const propagator = new W3CTraceContextPropagator()

/** The parent from the caller's W3C Trace Context, or no parent. */
function parentOf(traceparent: string | null, tracestate: string | null): Context {
  if (traceparent === null) return ROOT_CONTEXT
  const carrier = { traceparent, ...(tracestate === null ? {} : { tracestate }) }
  return propagator.extract(ROOT_CONTEXT, carrier, defaultTextMapGetter)
}

type Times = { readonly startTime: number; readonly endTime: number }

const timesOf = ({ exchange, durationMs }: EndedExchange): Times => {
  const startTime = exchange.startedAt.getTime()
  return { startTime, endTime: startTime + durationMs }
}

function startHttp(tracer: Tracer, ended: EndedExchange, { startTime }: Times): Span {
  const { exchange, endpoint, status } = ended
  const attributes = httpSpanAttributes(ended)
  const method = attributes['http.request.method'] === '_OTHER' ? 'HTTP' : exchange.method
  const span = tracer.startSpan(
    [method, routeOf(endpoint)].filter(Boolean).join(' '),
    { kind: SpanKind.SERVER, startTime, attributes },
    parentOf(exchange.traceparent, exchange.tracestate),
  )
  // HTTP "Status": a client error is not an error of the server span
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
  return span
}

/**
 * MCP "Context propagation": the context in `params._meta` is the parent and the HTTP span a link;
 * without that context, the HTTP span is the parent.
 */
function addMcp(
  tracer: Tracer,
  ended: EndedExchange,
  mcp: McpOperation,
  http: Span,
  { startTime, endTime }: Times,
): void {
  const sent = parentOf(mcp.traceparent, mcp.tracestate)
  const isSent = trace.getSpanContext(sent) !== undefined
  const links: Link[] = isSent ? [{ context: http.spanContext() }] : []
  const span = tracer.startSpan(
    mcpSpanName(mcp),
    { kind: SpanKind.SERVER, startTime, links, attributes: mcpSpanAttributes(ended, mcp) },
    isSent ? sent : trace.setSpan(ROOT_CONTEXT, http),
  )
  if (errorType(ended, mcp) !== null) span.setStatus({ code: SpanStatusCode.ERROR })
  span.end(endTime)
}

/** Returns a listener that creates the spans of each request. */
export const spansOf =
  (tracer: Tracer) =>
  (ended: EndedExchange): void => {
    const times = timesOf(ended)
    const http = startHttp(tracer, ended, times)
    if (ended.mcp) addMcp(tracer, ended, ended.mcp, http, times)
    http.end(times.endTime)
  }
