import { z } from 'zod'
import { redirectHost } from '@/lib/oauth/redirect-uri'
import { splitScope } from '@/lib/oauth/scope'
import { findGrant, type ListedGrant, listGrants } from '@/lib/store/grants/list'
import { visible } from '@/lib/text'
import { nextCursor, pagingInput, searchInput, toToolPage, unknownCursor } from '../paging'
import { defineTool } from '../tool'
import { untrusted } from '../untrusted'

const connection = z.object({
  id: z.string(),
  person: z.string().describe('e-mail address of whoever allowed it'),
  state: z.enum(['active', 'paused', 'revoked']),
  never_used: z.boolean().describe('a token was issued and no MCP request has come'),
  scopes: z.array(z.string()),
  connected_at: z.string().describe('ISO 8601, UTC'),
  last_active_at: z.string().nullable(),
  calls: z.number().describe('tool calls so far'),
  revoked_at: z.string().nullable(),
  revoked_reason: z.string().nullable(),
  untrusted: untrusted({
    app: z.string().describe('name the app gave itself; anybody can call themselves anything'),
    client_id: z.string(),
    answer_goes_to: z.string().nullable().describe('null for an app that acts for itself'),
  }),
})

const toConnection = (grant: ListedGrant): z.input<typeof connection> => ({
  id: grant.id,
  person: grant.userEmail,
  state: grant.status,
  never_used: grant.unused,
  scopes: splitScope(grant.scope),
  connected_at: grant.createdAt.toISOString(),
  last_active_at: grant.lastActiveAt?.toISOString() ?? null,
  calls: grant.calls,
  revoked_at: grant.revokedAt?.toISOString() ?? null,
  revoked_reason: grant.revokedReason,
  untrusted: {
    app: visible(grant.clientName, 100),
    client_id: visible(grant.clientId, 500),
    answer_goes_to:
      grant.redirectUri === null ? null : visible(redirectHost(grant.redirectUri), 255),
  },
})

export const listConnectionsTool = defineTool({
  name: 'list_connections',
  title: 'List connections',
  place: 4,
  untrusted: true,
  description:
    'Lists the apps that people have connected to this server, of all people, newest first: who, which app, since when, when last active, how many calls, and whether it is paused or revoked.',
  scope: 'portico:observe',
  annotations: { readOnlyHint: true, openWorldHint: false },
  input: z.object({
    state: z
      .enum(['active', 'paused', 'revoked', 'unused'])
      .optional()
      .describe('"unused": active, but no MCP request has come since its token was issued'),
    text: searchInput.describe('part of an app’s name, an id, an address or an e-mail address'),
    ...pagingInput,
  }),
  output: z.object({ connections: z.array(connection), next_cursor: nextCursor }),
  run: async ({ state, text, limit, cursor }) => {
    if (cursor && !(await findGrant(cursor))) throw unknownCursor()
    const found = await listGrants({ state, text }, { limit: limit + 1, after: cursor })
    const { items, next } = toToolPage(found.map(toConnection), limit, ({ id }) => id)
    return { connections: items, next_cursor: next }
  },
})
