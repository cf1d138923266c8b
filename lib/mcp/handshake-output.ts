import { z } from 'zod'
import { attemptStages, attemptVerdicts } from './attempt-verdict'
import type { ObservedHandshake } from './observe'

const time = z.string().nullable().describe('ISO 8601, UTC; null when it has not happened')

/** An attempt to connect, as tools tell of it. */
export const handshakeOutput = z.object({
  id: z.string(),
  started_at: z.string().describe('ISO 8601, UTC: when the app sent the person to this server'),
  app: z.string().describe('name the app gave itself; anybody can call themselves anything'),
  client_id: z.string(),
  identification: z.enum(['dynamic', 'metadata-document', 'pre-registered']),
  answer_goes_to: z.string().describe('host, or scheme, the app is answered at: this is certain'),
  person: z.string().nullable().describe('who decided; null until somebody has'),
  verdict: z.enum(attemptVerdicts),
  reached: z.enum(attemptStages).describe('the last step that was reached'),
  missing: z
    .enum(attemptStages)
    .nullable()
    .describe('the step that is due, overdue or failed; null when the attempt is over'),
  decided_at: time,
  token_issued_at: time,
  first_mcp_request_at: time.describe('ISO 8601, UTC: from then on the app is connected'),
  refusal: z
    .object({
      event: z.string(),
      at: z.string(),
      status: z.number().nullable(),
      reason: z.string().nullable(),
    })
    .nullable()
    .describe('the last thing that was refused before it was connected'),
  connection_id: z.string().nullable(),
  connection_state: z.enum(['active', 'paused', 'revoked']).nullable(),
})

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

/** An attempt in the form of {@link handshakeOutput}. */
export function toHandshakeOutput(handshake: ObservedHandshake): z.input<typeof handshakeOutput> {
  const { refusal } = handshake
  return {
    id: handshake.id,
    started_at: handshake.createdAt.toISOString(),
    app: handshake.clientName,
    client_id: handshake.clientId,
    identification: handshake.identification,
    answer_goes_to: handshake.redirectHost,
    person: handshake.person,
    verdict: handshake.verdict,
    reached: handshake.reached,
    missing: handshake.missing,
    decided_at: iso(handshake.decidedAt),
    token_issued_at: iso(handshake.tokenIssuedAt),
    first_mcp_request_at: iso(handshake.firstUsedAt),
    refusal: refusal && { ...refusal, at: refusal.at.toISOString() },
    connection_id: handshake.connectionId,
    connection_state: handshake.connectionState,
  }
}
