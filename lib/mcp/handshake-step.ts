import { z } from 'zod'
import { catalogue } from '@/lib/events/catalogue'
import type { HandshakeEvent } from '@/lib/handshake/handshake'
import { reasonWords } from '@/lib/reasons'
import { reasonOfEvent } from '@/lib/stored-reasons'
import { outcomes } from '@/lib/vocabulary'
import { strangersText, strangersValue, untrusted } from './untrusted'

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
