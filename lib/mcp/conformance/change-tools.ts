import type { McpServer } from '@modelcontextprotocol/server'
import type { EndpointParts } from '../additions'
import { addTool, say } from './tool'

/** Tools that say that a list changed. None did: what the suite looks at is the notification. */
export function addChangeTools(server: McpServer, bus: EndpointParts['bus']): void {
  addTool(server, 'test_trigger_tool_change', 'Announces a change of the tools.', () => {
    bus.publish({ kind: 'tools_list_changed' })
    return say('A change of the tools was announced.')
  })
  addTool(server, 'test_trigger_prompt_change', 'Announces a change of the prompts.', () => {
    bus.publish({ kind: 'prompts_list_changed' })
    return say('A change of the prompts was announced.')
  })
}
