import { z } from 'zod'
import { env } from '@/lib/config/env'
import { startedAt, version } from '@/lib/runtime/version'
import { currentSettings } from '@/lib/store/settings/current'
import { protocolRevisions } from '../revisions'
import { defineTool } from '../tool'

export const serverStatus = defineTool({
  name: 'server_status',
  title: 'Server status',
  place: 3,
  description:
    'Says what this server is called, its version, how long it has been running and which MCP protocol revisions it speaks.',
  scope: 'claudeai',
  annotations: { readOnlyHint: true, openWorldHint: false },
  input: z.object({}),
  output: z.object({
    name: z.string(),
    version: z.string(),
    url: z.string(),
    uptime_seconds: z.number(),
    protocol_revisions: z.array(z.string()),
  }),
  run: async () => ({
    name: currentSettings().serverName,
    version,
    url: env().mcpUrl,
    uptime_seconds: Math.floor((Date.now() - startedAt().getTime()) / 1000),
    protocol_revisions: [...protocolRevisions],
  }),
})
