import 'server-only'
import type { NewEvent } from '@/lib/events/fields'
import { processWide } from '@/lib/process-wide'
import {
  type EndedExchange,
  type HandshakeProgress,
  type McpOperation,
  subscribe,
} from '@/lib/recorder/signals'
import { noteCause } from './causes'
import { knownMethod, knownRevision, knownTool } from './known'
import { measure } from './sinks'

/** Turns signals into measurements. */

const tokenActions: Readonly<Record<string, string>> = {
  'token.issued': 'issued',
  'token.refreshed': 'refreshed',
  'token.refused': 'refused',
  'token.revoked': 'revoked',
  'token.reused': 'reused',
}

/** Only client credentials give no refresh token (RFC 6749 §4.4.3). */
function grantTypeOf({ name, detail }: NewEvent): string {
  if (name === 'token.issued') {
    return detail.refreshTokenId === undefined ? 'client_credentials' : 'authorization_code'
  }
  if (name === 'token.refreshed' || name === 'token.reused') return 'refresh_token'
  return typeof detail.grantType === 'string' ? detail.grantType : 'none'
}

function countEvent(event: NewEvent): void {
  const { name, outcome, detail } = event
  measure('portico_events_total', 1, { event: name, outcome })
  const action = tokenActions[name]
  if (action) measure('portico_tokens_total', 1, { action, grant_type: grantTypeOf(event) })
  if (name === 'alert.sent' || name === 'alert.failed') {
    const channel = detail.channel === 'email' || detail.channel === 'webhook' ? detail.channel : ''
    measure('portico_alerts_total', 1, {
      channel: channel || 'other',
      outcome: name === 'alert.sent' ? 'sent' : 'failed',
    })
  }
}

function mcpOutcome(status: number, { isError }: McpOperation): string {
  if (status >= 500) return 'failed'
  if (status >= 400) return 'refused'
  return isError ? 'failed' : 'ok'
}

function countMcp({ status, durationMs }: EndedExchange, mcp: McpOperation): void {
  const method = knownMethod(mcp.method)
  const outcome = mcpOutcome(status, mcp)
  const revision = knownRevision(mcp.revision)
  measure('portico_mcp_requests_total', 1, { method, revision, outcome })
  measure('portico_mcp_request_duration_seconds', durationMs / 1000, { method })
  if (method !== 'tools/call') return
  const tool = knownTool(mcp.target)
  measure('portico_tool_calls_total', 1, { tool, outcome })
  measure('portico_tool_call_duration_seconds', durationMs / 1000, { tool })
}

function countExchange(ended: EndedExchange): void {
  const { endpoint, status, durationMs, mcp } = ended
  measure('portico_http_request_duration_seconds', durationMs / 1000, {
    endpoint: endpoint.replaceAll(' ', '-'),
    status: `${Math.floor(status / 100)}xx`,
  })
  if (mcp) countMcp(ended, mcp)
}

function countHandshake({ id, surface, lane, verdict, reached }: HandshakeProgress): void {
  for (const { stage, ms } of reached) {
    measure('portico_handshake_stage_duration_seconds', ms / 1000, { stage })
  }
  if (verdict === null) return
  measure('portico_handshakes_total', 1, { verdict, surface, lane })
  if (verdict === 'stalled' || verdict === 'failed') noteCause(id)
}

const counting = processWide('counting', () => ({ isOn: false }))

/** Starts to measure, once per process. */
export function startMeasuring(): void {
  if (counting.isOn) return
  counting.isOn = true
  subscribe('event', countEvent)
  subscribe('exchange', countExchange)
  subscribe('handshake', countHandshake)
  subscribe('turn', ({ result, ms }) =>
    measure('portico_joiner_turn_duration_seconds', ms / 1000, { result }),
  )
}
