import { z } from 'zod'
import { newestEvents } from '@/lib/store/events/events'
import { visible } from '@/lib/text'
import { defineTool } from '../tool'

export const connectionHistory = defineTool({
  name: 'connection_history',
  title: 'Connection history',
  place: 2,
  description:
    'Lists what this connection did lately, newest first: approval, tokens issued and refreshed, MCP requests, refusals. Useful to find out why something failed.',
  scope: 'claudeai',
  annotations: { readOnlyHint: true, openWorldHint: false },
  input: z.object({
    limit: z.int().min(1).max(100).default(20).describe('how many events, 1 to 100'),
  }),
  output: z.object({
    events: z.array(
      z.object({
        at: z.string().describe('ISO 8601, UTC'),
        event: z.string(),
        outcome: z.string(),
        status: z.number().nullable(),
        path: z.string().nullable(),
        duration_ms: z.number().nullable(),
        agent: z.string().nullable(),
      }),
    ),
  }),
  run: async ({ limit }, { caller }) => {
    const events = await newestEvents({ grantId: caller.grantId }, limit)
    return {
      events: events.map((event) => ({
        at: event.at.toISOString(),
        event: event.name,
        outcome: event.outcome,
        status: event.status,
        path: event.path === null ? null : visible(event.path, 200),
        duration_ms: event.durationMs,
        agent: event.agent,
      })),
    }
  },
})
