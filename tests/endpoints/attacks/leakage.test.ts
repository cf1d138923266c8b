import { describe, expect, test } from 'vitest'
import { postMcp, toolCall } from '../../support/mcp/mcp-message'
import { authorizationUrl, newPkce, postForm, register } from '../../support/oauth/oauth'
import { connect, exchangeCode } from '../../support/oauth/oauth-tokens'
import { operatorOf } from '../../support/people/operator'
import { decide, visitConsent } from '../../support/people/operator-consent'
import { download, untilLogged } from '../../support/people/operator-log'
import { sharedOrigin } from '../../support/server/portico'
import { verifies } from '../../support/sources/verifies'

const origin = sharedOrigin()
const operator = await operatorOf(origin)

/** Sources of a page that another server would see. */
const foreignSources = (html: string): string[] =>
  [...html.matchAll(/\b(?:src|href|action|srcset|poster)="([^"]+)"/g)]
    .map(([, url]) => String(url))
    .filter((url) => new URL(url, origin).origin !== origin)

describe('RFC 9700 §4.2: leakage by the Referer header', () => {
  test(verifies(['A19'], 'pages and redirects on the way send none'), async () => {
    const client = await register(origin)
    const state = 'leakage-by-referrer'
    const url = authorizationUrl(origin, client, newPkce().challenge, { state })
    const authorize = await operator.open(url)
    const page = await visitConsent(operator, url)
    const decision = await decide(operator, page, 'allow')
    const refused = await operator.open('/authorize?client_id=unknown')
    const signIn = await operator.open('/sign-in?switch')
    for (const { headers } of [authorize, page, decision, refused, signIn]) {
      expect(headers.get('referrer-policy')).toBe('no-referrer')
    }
    expect(foreignSources(page.html)).toEqual([])
    expect(foreignSources(await refused.text())).toEqual([])
    expect(foreignSources(await signIn.text())).toEqual([])
    // nor is the request, which the consent page could be left with, in its address
    expect(page.path).toMatch(/^\/consent\/int_[\w-]{22}$/)
    expect(page.html).not.toContain(state)
  })
})

describe('RFC 9700 §4.3: leakage by the browser history', () => {
  test(verifies(['A44'], 'no answer with credentials may be kept'), async () => {
    const client = await register(origin)
    const url = authorizationUrl(origin, client, newPkce().challenge)
    const page = await visitConsent(operator, url)
    const decision = await decide(operator, page, 'allow')
    expect(decision.headers.get('location')).toContain('code=pac_')
    expect(decision.headers.get('cache-control')).toBe('no-store')
    expect(page.headers.get('cache-control')).toMatch(/no-store/)
  })

  test(verifies(['R3', 'A44'], 'a token in the address is not read'), async () => {
    const { tokens } = await connect(origin)
    const url = `${origin}/mcp?access_token=${tokens.access_token}`
    expect((await postMcp(url, null, toolCall('whoami'))).status).toBe(401)
  })

  test(
    verifies(['A44'], 'credentials in the address of the token endpoint are not read'),
    async () => {
      const { client, tokens } = await connect(origin)
      const query = new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: client.client_id,
        refresh_token: tokens.refresh_token,
      })
      expect((await fetch(`${origin}/token?${query}`)).status).toBe(405)
      expect((await postForm(`${origin}/token?${query}`, {})).status).toBe(401)
    },
  )

  test(verifies(['A45'], 'codes, verifiers and tokens do not reach the log'), async () => {
    const connection = await connect(origin)
    const { client, code, verifier, tokens } = connection
    await exchangeCode(origin, connection, { code_verifier: newPkce().verifier })
    const misplaced = new URLSearchParams({ code, client_id: client.client_id })
    await fetch(`${origin}/authorize?${misplaced}`, { redirect: 'manual' })
    const query = { client: client.client_id }
    await untilLogged(operator, query, (rows) => rows.some(({ name }) => name === 'token.issued'))
    const log = await download(operator, 'log')
    for (const secret of [code, verifier, tokens.access_token, tokens.refresh_token]) {
      expect(log.includes(secret)).toBe(false)
    }
  })
})
