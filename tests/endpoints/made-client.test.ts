import { beforeAll, describe, expect, test } from 'vitest'
import { postMcp, toolCall } from '../support/mcp/mcp-message'
import { makeClient } from '../support/oauth/made-client'
import {
  authorizationUrl,
  newPkce,
  obtainCode,
  postForm,
  type RegisteredClient,
  redirectUri,
  register,
} from '../support/oauth/oauth'
import { connect, exchangeCode, tokensOf } from '../support/oauth/oauth-tokens'
import { form, type Operator, operatorOf } from '../support/people/operator'
import { visitConsent } from '../support/people/operator-consent'
import { sharedOrigin } from '../support/server/portico'
import { verifies } from '../support/sources/verifies'

const origin = sharedOrigin()
let operator: Operator

beforeAll(async () => {
  operator = await operatorOf(origin)
})

const make = (name: string, boxes: readonly string[]): Promise<RegisteredClient> =>
  makeClient(operator, name, redirectUri, boxes)

const clientCredentials = (client: RegisteredClient, fields = {}) =>
  postForm(`${origin}/token`, {
    grant_type: 'client_credentials',
    client_id: client.client_id,
    client_secret: client.client_secret,
    ...fields,
  })

describe('a client that an admin made', () => {
  test(verifies(['A63', 'A51'], 'has an id and a secret, and connects with them'), async () => {
    const client = await make('Made with a secret', ['confidential'])
    expect(client.client_secret).toMatch(/^psec_/)
    const code = await obtainCode(origin, { client, operator })
    const bare = await exchangeCode(origin, code, { client_secret: undefined })
    expect([bare.status, bare.body.error]).toEqual([401, 'invalid_client'])
    expect((await exchangeCode(origin, code)).status).toBe(200)
  })

  test(verifies(['A63'], 'may have no secret'), async () => {
    const client = await make('Made without a secret', [])
    expect(client.client_secret).toBeUndefined()
    expect((await connect(origin, { client, operator })).tokens.token_type).toBe('Bearer')
  })

  test(verifies(['A18'], 'and that keeps a secret may be remembered'), async () => {
    const client = await make('Remembered', ['confidential'])
    const url = () => authorizationUrl(origin, client, newPkce().challenge)
    const page = await visitConsent(operator, url())
    const fields = { csrf: page.csrf, decision: 'allow', remember: 'yes' }
    await operator.open(page.action, form(fields))
    expect((await operator.open(url())).headers.get('location')).toContain('code=pac_')
  })

  test(verifies(['A18', 'R5'], 'and not for more than the person said yes to'), async () => {
    const client = await make('Remembered for less', ['confidential'])
    const url = (scope: string) => authorizationUrl(origin, client, newPkce().challenge, { scope })
    const remember = async (scope: string) => {
      const { csrf, action } = await visitConsent(operator, url(scope))
      await operator.open(action, form({ csrf, decision: 'allow', remember: 'yes' }))
    }
    const answer = async (scope: string) =>
      (await operator.open(url(scope))).headers.get('location')
    const more = 'claudeai portico:observe'
    await remember('claudeai')
    expect(await answer(more)).toMatch(/^\/consent\/int_/)
    await remember(more)
    expect(await answer(more)).toContain('code=pac_')
  })
})

test(verifies(['A18'], 'a client that registered itself is asked about each time'), async () => {
  const client = await register(origin, { client_name: 'Not to be remembered' })
  const url = () => authorizationUrl(origin, client, newPkce().challenge)
  const page = await visitConsent(operator, url())
  expect(page.html).not.toContain('name="remember"')
  const fields = { csrf: page.csrf, decision: 'allow', remember: 'yes' }
  await operator.open(page.action, form(fields))
  expect((await operator.open(url())).headers.get('location')).toMatch(/^\/consent\/int_/)
})

describe('client_credentials', () => {
  test(
    verifies(['A43', 'A29', 'A4'], 'gives a confidential client a token for itself'),
    async () => {
      const client = await make('For itself', ['confidential', 'clientCredentials'])
      const answer = await clientCredentials(client, { resource: `${origin}/mcp` })
      expect(answer.status).toBe(200)
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(answer.body).toEqual({
        access_token: expect.any(String),
        token_type: 'Bearer',
        expires_in: 3600,
        scope: 'claudeai',
      })
      const { access_token: token } = tokensOf(answer)
      expect((await postMcp(`${origin}/mcp`, token, toolCall('whoami'))).status).toBe(200)
      const wrong = await clientCredentials(client, { client_secret: 'psec_wrong' })
      expect([wrong.status, wrong.body.error]).toEqual([401, 'invalid_client'])
      const foreign = await clientCredentials(client, { resource: 'https://other.example/mcp' })
      expect([foreign.status, foreign.body.error]).toEqual([400, 'invalid_target'])
      const offline = await clientCredentials(client, { scope: 'claudeai offline_access' })
      expect(offline.body).toMatchObject({ scope: 'claudeai' })
      const more = await clientCredentials(client, { scope: 'claudeai portico:observe' })
      expect(more.body).toMatchObject({ scope: 'claudeai' })
      expect(offline.body.refresh_token).toBeUndefined()
    },
  )

  test(verifies(['A43'], 'is refused to public clients and to those who registered'), async () => {
    const grant_types = ['client_credentials']
    const refused = [
      await register(origin, { client_name: 'Public', grant_types }),
      await register(origin, {
        client_name: 'Confidential',
        grant_types,
        token_endpoint_auth_method: 'client_secret_post',
      }),
      await make('Not for itself', ['confidential']),
      await make('Public, made', []),
    ]
    for (const client of refused) {
      const { status, body } = await clientCredentials(client)
      expect([status, body.error]).toEqual([400, 'unauthorized_client'])
    }
  })
})
