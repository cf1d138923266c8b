import { z } from 'zod'
import { findHandshake } from '@/lib/store/handshakes/handshakes'
import {
  handshakeOutput,
  surfaceNames,
  toHandshakeOutput,
  verdictKindNames,
} from '../handshake-output'
import { observeHandshakes as read } from '../observe'
import { nextCursor, pagingInput, toToolPage, unknownCursor } from '../paging'
import { defineTool } from '../tool'

export const listHandshakesTool = defineTool({
  name: 'list_handshakes',
  title: 'List handshakes',
  place: 5,
  untrusted: true,
  description:
    'Lists attempts to connect an app to this server, of all people, newest first: which product, who decided, how far it got and how it stands. Use get_handshake to learn why one came to nothing.',
  scope: 'portico:observe',
  annotations: { readOnlyHint: true, openWorldHint: false },
  input: z.object({
    verdict: z.enum(verdictKindNames).optional().describe('only attempts that stand like this'),
    surface: z.enum(surfaceNames).optional().describe('only attempts of this product'),
    client_id: z.string().max(500).optional().describe('only attempts of this app'),
    token_never_used: z
      .boolean()
      .optional()
      .describe('only attempts whose token was issued and never seen on the MCP endpoint'),
    ...pagingInput,
  }),
  output: z.object({ handshakes: z.array(handshakeOutput), next_cursor: nextCursor }),
  run: async ({ verdict, surface, client_id, token_never_used, limit, cursor }) => {
    if (cursor && !(await findHandshake(cursor, Date.now()))) throw unknownCursor()
    const clientId = client_id?.replaceAll('\u0000', '') || undefined
    const filter = { verdict, surface, clientId, unused: token_never_used || undefined }
    const found = await read(filter, limit + 1, cursor)
    const { items, next } = toToolPage(found.map(toHandshakeOutput), limit, ({ id }) => id)
    return { handshakes: items, next_cursor: next }
  },
})
