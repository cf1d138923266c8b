import { z } from 'zod'
import { catalogue } from '@/lib/events/catalogue'
import { type HandshakeEvent, type Surface, stageIds } from '@/lib/handshake/handshake'
import { productIds } from '@/lib/products/names'
import { reasonWords } from '@/lib/reasons'
import { reasonOfEvent } from '@/lib/stored-reasons'
import { outcomes } from '@/lib/vocabulary'
import type { ObservedHandshake } from './observe'
import { strangersName, strangersText, strangersValue, untrusted } from './untrusted'

/** The kinds of verdict, as tools name them. */
export const verdictKindNames = [
  'in-progress',
  'signed-in',
  'connected',
  'degraded',
  'refused-by-operator',
  'stalled',
  'failed',
] as const

/** The products, as tools name them. */
export const surfaceNames: readonly [Surface, ...Surface[]] = ['unknown', ...productIds]

/** An attempt to connect, as tools return it. */
export const handshakeOutput = z.object({
  id: z.string(),
  started_at: z.string().describe('ISO 8601, UTC: the first request of the attempt'),
  last_at: z.string().describe('ISO 8601, UTC: the last one'),
  surface: z.enum(surfaceNames).describe('which product connects'),
  identification: z.enum(['dynamic', 'metadata-document', 'pre-registered']).nullable(),
  era: z
    .enum(['stateless', 'session'])
    .nullable()
    .describe('stateless is MCP 2026-07-28, session all before'),
  person: z.string().nullable().describe('who decided; null while that is not known'),
  verdict: z.enum(verdictKindNames),
  verdict_at: z.string().describe('ISO 8601, UTC: since when'),
  stage: z
    .enum(stageIds)
    .nullable()
    .describe('the step that is awaited, or at which it ended; null when all are done'),
  token_never_used: z.boolean().describe('a token was issued and no MCP request came with it'),
  retry_of: z.string().nullable().describe('the attempt that this one retries'),
  connection_id: z.string().nullable(),
  untrusted: untrusted({
    app: z
      .string()
      .nullable()
      .describe('name the app gave itself; anybody can call themselves anything'),
    client_id: z.string().nullable(),
  }),
})

/** Converts an attempt to {@link handshakeOutput}. */
export const toHandshakeOutput = (
  handshake: ObservedHandshake,
): z.input<typeof handshakeOutput> => ({
  id: handshake.id,
  started_at: handshake.startedAt.toISOString(),
  last_at: handshake.lastAt.toISOString(),
  surface: handshake.surface,
  identification: handshake.identification,
  era: handshake.era,
  person: handshake.person,
  verdict: handshake.verdict.kind,
  verdict_at: handshake.verdictAt.toISOString(),
  stage: handshake.stage,
  token_never_used: handshake.unused,
  retry_of: handshake.retryOfId,
  connection_id: handshake.grantId,
  untrusted: {
    app: strangersName(handshake.clientName),
    client_id: strangersText(handshake.clientId),
  },
})

/** One recorded step of an attempt, as tools return it. */
export const stepOutput = z.object({
  id: z.string(),
  at: z.string().describe('ISO 8601, UTC'),
  event: z.string(),
  specification: z.string().describe('the section that defines the step'),
  outcome: z.enum(outcomes),
  status: z.number().nullable(),
  duration_ms: z.number().nullable(),
  agent: z.string().nullable().describe('what the user agent means'),
  network: z.string().nullable().describe('anthropic, public, private or loopback'),
  untrusted: untrusted({
    reason: z.string().nullable().describe('why, which may repeat what was sent'),
    method: z.string().nullable(),
    path: z.string().nullable(),
    user_agent: z.string().nullable(),
    address: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()).describe('what else is recorded; never a secret'),
  }),
})

/** Members of the detail that explain a failure when no reason was recorded. */
const textMembers = ['description', 'error', 'message', 'hint'] as const

/** The reason in words; `null` when the event has none. */
function reasonOf(event: HandshakeEvent): string | null {
  const reason = reasonOfEvent(event)
  if (reason) return reasonWords(reason)
  const text = textMembers
    .map((member) => event.detail[member])
    .find((found) => found !== undefined)
  return typeof text === 'string' ? text : null
}

/** Converts an event to {@link stepOutput}. */
export const toStep = (event: HandshakeEvent): z.input<typeof stepOutput> => ({
  id: event.id,
  at: new Date(event.at).toISOString(),
  event: event.name,
  specification: catalogue[event.name].section,
  outcome: event.outcome,
  status: event.status,
  duration_ms: event.durationMs,
  agent: event.agent,
  network: event.network,
  untrusted: {
    reason: strangersText(reasonOf(event)),
    method: strangersText(event.method, 20),
    path: strangersText(event.path),
    user_agent: strangersText(event.userAgent, 300),
    address: event.address,
    detail: strangersValue(event.detail) as Record<string, unknown>,
  },
})
