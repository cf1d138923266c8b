import { z } from 'zod'
import { catalogue, isEventName } from '@/lib/events/catalogue'
import type { StoredEvent } from '@/lib/store/events'
import { handshakeOutput, toHandshakeOutput } from '../handshake-output'
import { readHandshake, reasonOf } from '../observe'
import { nextCursor, pagingInput, toToolPage, unknownCursor } from '../paging'
import { defineTool } from '../tool'
import { ToolError } from '../tool-error'

const step = z.object({
  id: z.string(),
  at: z.string().describe('ISO 8601, UTC'),
  event: z.string(),
  specification: z.string().nullable().describe('the section that defines the step'),
  outcome: z.enum(['ok', 'refused', 'failed']),
  reason: z.string().nullable(),
  method: z.string().nullable(),
  path: z.string().nullable(),
  status: z.number().nullable(),
  duration_ms: z.number().nullable(),
  agent: z.string().nullable().describe('what the user agent means'),
  user_agent: z.string().nullable(),
  address: z.string().nullable(),
  network: z.string().nullable().describe('anthropic, public, private or loopback'),
  detail: z.record(z.string(), z.unknown()).describe('what else is recorded; never a secret'),
})

const toStep = (event: StoredEvent): z.input<typeof step> => ({
  id: String(event.id),
  at: event.at.toISOString(),
  event: event.name,
  specification: isEventName(event.name) ? catalogue[event.name].section : null,
  outcome: event.outcome,
  reason: reasonOf(event),
  method: event.method,
  path: event.path,
  status: event.status,
  duration_ms: event.durationMs,
  agent: event.agent,
  user_agent: event.userAgent,
  address: event.address,
  network: event.network,
  detail: event.detail,
})

/** Ids follow the order of writing, which within a batch is not quite that of happening. */
const inTime = (a: { at: string; id: string }, b: { at: string; id: string }): number =>
  a.at.localeCompare(b.at) || Number(a.id) - Number(b.id)

function positionOf(cursor: string | undefined): bigint | undefined {
  if (cursor === undefined) return undefined
  if (!/^\d{1,18}$/.test(cursor)) throw unknownCursor()
  return BigInt(cursor)
}

/** Every step of one attempt to connect. */
export const getHandshake = defineTool({
  name: 'get_handshake',
  title: 'Get a handshake',
  description:
    'Tells everything that is recorded of one attempt to connect, oldest first: each request with its time, status, duration, sender and, where it was refused, the reason. Tokens, codes and secrets are never recorded. Use it to find out why an app did not connect.',
  scope: 'portico:observe',
  annotations: { readOnlyHint: true, openWorldHint: false },
  input: z.object({
    id: z.string().min(1).max(100).describe('"id" or "connection_id" from list_handshakes'),
    ...pagingInput,
    limit: pagingInput.limit.default(50),
  }),
  output: z.object({
    handshake: handshakeOutput,
    events: z.array(step),
    next_cursor: nextCursor,
  }),
  run: async ({ id, limit, cursor }) => {
    const found = /^[\w-]+$/.test(id)
      ? await readHandshake(id, limit + 1, positionOf(cursor))
      : null
    if (!found) throw new ToolError(`there is no handshake or connection with the id "${id}"`)
    const { items, next } = toToolPage(found.events.map(toStep), limit, (event) => event.id)
    return {
      handshake: toHandshakeOutput(found.handshake),
      events: items.toSorted(inTime),
      next_cursor: next,
    }
  },
})
