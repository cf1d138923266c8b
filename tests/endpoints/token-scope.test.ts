import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { postMcp, toolCall } from '../support/mcp/mcp-message'
import { authorizationUrl, newPkce, register } from '../support/oauth/oauth'
import { exchangeCode, refresh, tokensOf } from '../support/oauth/oauth-tokens'
import { operatorOf } from '../support/people/operator'
import { approve } from '../support/people/operator-consent'
import { sharedOrigin } from '../support/server/portico'
import { verifies } from '../support/sources/verifies'

const origin = sharedOrigin()

/** Goes to tokens with a query in which the scope stands exactly as given. */
async function tokensFor(scopeInQuery: string) {
  const client = await register(origin)
  const { verifier, challenge } = newPkce()
  const url = authorizationUrl(origin, client, challenge, { scope: undefined })
  const asked = new URL(`${url.href}${scopeInQuery}`)
  const callback = await approve(await operatorOf(origin), asked)
  const code = callback.searchParams.get('code') ?? ''
  const answer = await exchangeCode(origin, { client, code, verifier, callback })
  return { client, tokens: tokensOf(answer) }
}

test.each([
  ['claudeai+', '&scope=claudeai+', 'claudeai'],
  ['claudeai%20', '&scope=claudeai%20', 'claudeai'],
  ['empty', '&scope=', 'claudeai'],
  ['missing', '', 'claudeai'],
  ['claudeai', '&scope=claudeai', 'claudeai'],
  ['an encoded plus', '&scope=claudeai%2B', 'claudeai'],
  ['doubled', '&scope=claudeai+claudeai', 'claudeai'],
  ['with two spaces between', '&scope=claudeai++offline_access', 'claudeai offline_access'],
  ['with a space before', '&scope=%20claudeai', 'claudeai'],
  ['with a tab and a line break', '&scope=%09claudeai%0D%0A', 'claudeai'],
  ['only spaces', '&scope=+%20+', 'claudeai'],
  ['unknown', '&scope=openid', 'claudeai'],
  ['known and unknown', '&scope=openid+claudeai+profile', 'claudeai'],
  ['in another case', '&scope=CLAUDEAI', 'claudeai'],
  ['with offline_access', '&scope=claudeai+offline_access', 'claudeai offline_access'],
  ['in another order', '&scope=offline_access+claudeai', 'claudeai offline_access'],
  ['only offline_access', '&scope=offline_access', 'claudeai offline_access'],
])(
  verifies(['F2', 'F1', 'A23', 'A29', 'A41'], 'scope %s is answered clean'),
  async (_title, query, scope) => {
    const { client, tokens } = await tokensFor(query)
    expect(tokens.scope).toBe(scope)
    expect(decodeJwt(tokens.access_token).scope).toBe(scope)
    expect(tokens.refresh_token).toMatch(/^prt_/)
    const whoami = await postMcp(`${origin}/mcp`, tokens.access_token, toolCall('whoami'))
    expect(whoami.rpc.result?.structuredContent).toMatchObject({ scopes: scope.split(' ') })
    const again = tokensOf(await refresh(origin, { client }, tokens.refresh_token))
    expect(again.scope).toBe(scope)
  },
)
