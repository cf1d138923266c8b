import type { McpServer } from '@modelcontextprotocol/server'
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
 * (https://github.com/modelcontextprotocol/conformance). They serve nobody else, and
 * `PORTICO_CONFORMANCE` has them only on loopback.
 */
export function registerConformance(server: McpServer): void {
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
  addChangeTools(server)
  addAskTools(server)
  addInputTools(server)
  addStateTools(server)
  addPrompts(server)
  addResources(server)
}
