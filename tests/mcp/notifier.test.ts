import { expect, test } from 'vitest'
import { type List, onListChanged, publishListChanged } from '@/lib/mcp/notifier'

test('everybody who listens hears which list changed, once', () => {
  const heard: [string, List][] = []
  onListChanged((list) => heard.push(['first', list]))
  onListChanged((list) => heard.push(['second', list]))
  publishListChanged('tools')
  publishListChanged('prompts')
  expect(heard).toEqual([
    ['first', 'tools'],
    ['second', 'tools'],
    ['first', 'prompts'],
    ['second', 'prompts'],
  ])
})
