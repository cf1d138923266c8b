import { describe, expect, test } from 'vitest'
import { authorizationUrl, newPkce, postForm, register } from '../../support/oauth'
import { rawRequest, sendRaw } from '../../support/oauth-raw'
import { operatorOf } from '../../support/operator'
import { untilLogged } from '../../support/operator-log'
import { sharedOrigin } from '../../support/portico'
import { verifies } from '../../support/verifies'

const origin = sharedOrigin()
const client = await register(origin)
const { challenge } = newPkce()

const breaks = [
  '\r\nSet-Cookie: evil=1',
  '\nSet-Cookie: evil=1',
  '\rSet-Cookie: evil=1',
  '\r\n\r\n<script>alert(1)</script>',
  '%0d%0aSet-Cookie: evil=1',
  '\u560d\u560aSet-Cookie: evil=1',
  '\u2028Set-Cookie: evil=1',
]

/** The header section as it came over the wire, before any library could repair it. */
async function headOf(url: URL): Promise<string> {
  const { status, text } = await sendRaw(origin, rawRequest(`GET ${url.pathname}${url.search}`))
  expect([303, 400]).toContain(status)
  return text.split('\r\n\r\n')[0] ?? ''
}

describe('header injection (RFC 9700 §4.11, RFC 9110 §5.5)', () => {
  describe.each(breaks)('by %j', (evil) => {
    const ask = (fields: Record<string, string>) =>
      headOf(authorizationUrl(origin, client, challenge, fields))

    test(verifies(['A21', 'A22'], 'in state, which comes back exactly'), async () => {
      const state = `x${evil}`
      const head = await ask({ state, response_type: 'token' })
      expect(head).not.toMatch(/^set-cookie: evil|^<script/im)
      const [, location = ''] = /^location: (.*)$/im.exec(head) ?? []
      expect(new URL(location.trim()).searchParams.get('state')).toBe(state)
    })

    test.each(['redirect_uri', 'scope', 'resource', 'client_id', 'response_type', 'prompt'])(
      verifies(['A12', 'A22'], 'in %s'),
      async (name) => {
        const usual = authorizationUrl(origin, client, challenge).searchParams.get(name) ?? ''
        const head = await ask({ [name]: `${usual}${evil}` })
        expect(head).not.toMatch(/^set-cookie: evil|^<script/im)
        expect(head).not.toMatch(/^location: https:\/\/client\.example\/callback[^?]/im)
      },
    )
  })

  test(verifies(['A14'], 'no redirect URI with a line break is registered'), async () => {
    for (const evil of breaks.slice(0, 4)) {
      const uris = { redirect_uris: [`https://client.example/cb${evil}`] }
      await expect(register(origin, uris)).rejects.toThrow('invalid_redirect_uri')
    }
  })

  test('a name with a line break forges no line of the log', async () => {
    const name = 'Evil\r\nclient.registered ok\u001b[2J'
    const own = await register(origin, { client_name: name })
    expect(own.client_name).toBe('Evilclient.registered ok[2J')
    const operator = await operatorOf(origin)
    const rows = await untilLogged(operator, { client: own.client_id }, (all) => all.length > 0)
    expect(JSON.stringify(rows)).not.toMatch(/\\r|\\n|\\u001b/)
  })

  test(verifies(['A30'], 'a challenge holds nothing of the request'), async () => {
    const authorization = `Basic ${btoa('x\r\nSet-Cookie: evil=1:y')}`
    const { status, headers } = await postForm(`${origin}/token`, {}, { authorization })
    expect(status).toBe(401)
    expect(headers.get('set-cookie')).toBeNull()
    expect(headers.get('www-authenticate')).toBe('Basic realm="token endpoint"')
  })
})
