import { z } from 'zod'
import { type Surface, stageIds } from '@/lib/handshake/handshake'
import { productIds } from '@/lib/products/names'
import type { ObservedHandshake } from './observe'
import { strangersName, strangersText, untrusted } from './untrusted'

/** The kinds of verdict, as tools name them. */
export const verdictKinds = [
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
  verdict: z.enum(verdictKinds),
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
