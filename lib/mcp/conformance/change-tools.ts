import type { McpServer } from '@modelcontextprotocol/server'
import { publishListChanged } from '../notifier'
import { addTool, say } from './tool'

/** Tools that say that a list changed. None did: what the suite looks at is the notification. */
export function addChangeTools(server: McpServer): void {
  addTool(server, 'test_trigger_tool_change', 'Announces a change of the tools.', () => {
    publishListChanged('tools')
    return say('A change of the tools was announced.')
  })
  addTool(server, 'test_trigger_prompt_change', 'Announces a change of the prompts.', () => {
    publishListChanged('prompts')
    return say('A change of the prompts was announced.')
  })
}
