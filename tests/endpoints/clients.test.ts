import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { connectAs, refreshAs } from '../support/clients/claude'
import { clientScripts } from '../support/clients/claude-clients'
import { postMcp, toolCall } from '../support/mcp/mcp-message'
import { operatorOf } from '../support/people/operator'
import { approve } from '../support/people/operator-consent'
import { sharedOrigin } from '../support/server/portico'
import { verifies } from '../support/sources/verifies'

const origin = sharedOrigin()
const mcpUrl = `${origin}/mcp`

test.each(clientScripts.map((script) => [script.name, script] as const))(
  verifies(
    ['A5', 'A11', 'A13', 'A23', 'A24', 'A26', 'A29', 'A35', 'A39', 'A50', 'R2'],
    '%s connects, calls a tool and refreshes',
  ),
  async (_name, script) => {
    const operator = await operatorOf(origin)
    const connected = await connectAs(script, mcpUrl, (url) => approve(operator, url))
    expect(connected.person).toBe('admin@portico.test')
    expect(connected.tokens.scope).toMatch(/^claudeai( offline_access)?$/)
    expect(decodeJwt(connected.tokens.access_token).aud).toBe(mcpUrl)
    const refreshed = await refreshAs(connected)
    expect(refreshed.scope).toBe(connected.tokens.scope)
    const answer = await postMcp(mcpUrl, refreshed.access_token, toolCall('server_status'))
    expect(answer.rpc.result?.structuredContent).toMatchObject({ url: mcpUrl })
    const refusals = connected.wire.sent.filter(({ status }) => status >= 400)
    expect(refusals.map(({ step }) => step)).toEqual(['challenge'])
  },
)
