import { z } from 'zod'
import { findAttempt } from '@/lib/store/attempts'
import { handshakeOutput, toHandshakeOutput } from '../handshake-output'
import { listHandshakes as read } from '../observe'
import { nextCursor, pagingInput, searchInput, toToolPage, unknownCursor } from '../paging'
import { defineTool } from '../tool'

/** Attempts to connect, of everybody. */
export const listHandshakes = defineTool({
  name: 'list_handshakes',
  title: 'List handshakes',
  description:
    'Lists attempts to connect an app to this server, of all people, newest first: which app, who decided, how far it got, what is missing and what was refused. An attempt counts from when the app sends the person here; what an app did before that is in the log only. Attempts nobody answered are kept for a day. Use get_handshake for every step of one.',
  scope: 'portico:observe',
  annotations: { readOnlyHint: true, openWorldHint: false },
  input: z.object({
    text: searchInput.describe(
      'part of an app’s name, a client id, an address or an e-mail address',
    ),
    unfinished: z
      .boolean()
      .default(false)
      .describe('only attempts that led to no MCP request, such as those that failed'),
    ...pagingInput,
  }),
  output: z.object({ handshakes: z.array(handshakeOutput), next_cursor: nextCursor }),
  run: async ({ text, unfinished, limit, cursor }) => {
    if (cursor && !(await findAttempt(cursor))) throw unknownCursor()
    const found = await read({ text, unfinished }, limit + 1, cursor)
    const { items, next } = toToolPage(found.map(toHandshakeOutput), limit, ({ id }) => id)
    return { handshakes: items, next_cursor: next }
  },
})
