import type { McpServer } from '@modelcontextprotocol/server'
import type { EndpointParts } from '../additions'
import { addAskTools } from './ask-tools'
import { addChangeTools } from './change-tools'
import { addContentTools } from './content-tools'
import { addInputTools } from './input-tools'
import { addPrompts } from './prompts'
import { addResources } from './resources'
import { addSchemaTools } from './schema-tools'
import { addStateTools } from './state-tools'
import { addStreamTools } from './stream-tools'

/**
 * Adds what the official conformance suite expects of a server under test: its tools, prompts and
 * resources, by the names and with the answers that its scenarios prescribe
 * (https://github.com/modelcontextprotocol/conformance). They serve nobody else: preload.mjs has them
 * served by a Portico that a test starts.
 */
export function registerConformance(server: McpServer, { bus, sealState }: EndpointParts): void {
  server.server.registerCapabilities({
    tools: { listChanged: true },
    prompts: { listChanged: true },
    resources: { listChanged: true, subscribe: true },
    completions: {},
    logging: {},
  })
  addContentTools(server)
  addStreamTools(server)
  addSchemaTools(server)
  addChangeTools(server, bus)
  addAskTools(server)
  addInputTools(server)
  addStateTools(server, sealState)
  addPrompts(server)
  addResources(server)
}
