import { z } from 'zod'
import { findGrant } from '@/lib/store/grants/list'
import { visible } from '@/lib/text'
import { defineTool } from '../tool'
import { ToolError } from '../tool-error'

export const whoami = defineTool({
  name: 'whoami',
  title: 'Who am I?',
  place: 1,
  description:
    'Says which app is connected to this server, on whose behalf, with which scopes, since when, and when the current access token expires.',
  scope: 'claudeai',
  annotations: { readOnlyHint: true, openWorldHint: false },
  input: z.object({}),
  output: z.object({
    person: z.string().describe('e-mail address of the person who approved the connection'),
    app: z.string().describe('name the app registered with'),
    client_id: z.string(),
    scopes: z.array(z.string()),
    connected_since: z.string().describe('ISO 8601, UTC'),
    token_expires_at: z.string().describe('ISO 8601, UTC; the app refreshes it by itself'),
    connection_id: z.string(),
  }),
  run: async (_input, { caller }) => {
    const grant = await findGrant(caller.grantId)
    if (!grant) throw new ToolError('this connection no longer exists')
    return {
      person: grant.userEmail,
      app: visible(grant.clientName, 100),
      client_id: caller.clientId,
      scopes: [...caller.scopes],
      connected_since: grant.createdAt.toISOString(),
      token_expires_at: caller.expiresAt.toISOString(),
      connection_id: grant.id,
    }
  },
})
