import { expect, test, vi } from 'vitest'
import { quirkNames } from '@/lib/config/clients'
import { postMcp, statelessHeaders, statelessRpc, toolCall } from '../support/mcp/mcp-message'
import { connect } from '../support/oauth/oauth-tokens'
import { startPortico } from '../support/server/portico'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const { origin } = await startPortico({ env: { PORTICO_REFUSE_QUIRKS: quirkNames.join(',') } })
const mcpUrl = `${origin}/mcp`
const token = (await connect(origin)).tokens.access_token
const call = statelessRpc('tools/call', { name: 'whoami', arguments: {} })
const modern = statelessHeaders('tools/call', 'whoami')

test.each<[string, object, Record<string, string | null>, number]>([
  ['Accept */*', toolCall('whoami'), { accept: '*/*' }, 406],
  ['no Accept', toolCall('whoami'), { accept: '' }, 406],
  [
    'the version header twice',
    toolCall('whoami'),
    { 'mcp-protocol-version': '2025-11-25, 2025-11-25' },
    400,
  ],
  ['a header that contradicts _meta', call, { 'mcp-protocol-version': '2025-11-25' }, 400],
  ['no Mcp-Method', call, { ...modern, 'mcp-method': null }, 400],
  ['no Mcp-Name', call, { ...modern, 'mcp-name': null }, 400],
  ['a scheme in small letters', toolCall('whoami'), { authorization: `bearer ${token}` }, 401],
])('%s is refused where it is switched off', async (_, message, headers, status) => {
  expect((await postMcp(mcpUrl, token, message, headers)).status).toBe(status)
})

test('a trailing slash is refused where it is switched off', async () => {
  expect((await postMcp(`${mcpUrl}/`, token, toolCall('whoami'))).status).toBe(404)
})

test('what is regular is served', async () => {
  expect((await postMcp(mcpUrl, token, toolCall('whoami'))).status).toBe(200)
  expect((await postMcp(mcpUrl, token, call, modern)).status).toBe(200)
})
