import { describe, expect, test } from 'vitest'
import { authorizationUrl, newPkce, register } from '../../support/oauth/oauth'
import { form, operatorOf } from '../../support/people/operator'
import { textOf, visitConsent } from '../../support/people/operator-consent'
import { sharedOrigin } from '../../support/server/portico'
import { verifies } from '../../support/sources/verifies'

const origin = sharedOrigin()
const operator = await operatorOf(origin)
const { challenge } = newPkce()

const impostor = await register(origin, {
  client_name: 'Claude',
  client_uri: 'https://claude.ai',
  logo_uri: 'https://claude.ai/logo.png',
  redirect_uris: ['https://evil.example/api/mcp/auth_callback'],
})
const ask = (client = impostor) =>
  visitConsent(operator, authorizationUrl(origin, client, challenge))

describe('RFC 9700 §4.15, OAuth 2.1 §7.3.1: client impersonation', () => {
  test(verifies(['A17'], 'a client named Claude is shown with its own redirect host'), async () => {
    const page = await ask()
    const text = textOf(page.html)
    expect(text).toContain('evil.example')
    // its logo would be that of whoever it poses as
    expect(page.html).not.toContain('logo.png')
  })

  test(
    verifies(['A18'], 'its consent is not remembered, though the form is made to say so'),
    async () => {
      const page = await ask()
      expect(page.html).not.toMatch(/<(?:input|button)\b[^>]*\bname="remember"/)
      const fields = { decision: 'allow', csrf: page.csrf, remember: 'yes' }
      const allowed = await operator.open(page.action, form(fields))
      expect(allowed.headers.get('location')).toMatch(/^https:\/\/evil\.example\/.*code=pac_/)
      const again = await operator.open(authorizationUrl(origin, impostor, challenge))
      expect(again.headers.get('location')).toMatch(/^\/consent\/int_/)
    },
  )

  test(verifies(['A18'], 'nor is that of one that is answered at claude.ai'), async () => {
    const redirects = { redirect_uris: ['https://claude.ai/api/mcp/auth_callback'] }
    const client = await register(origin, { client_name: 'Claude', ...redirects })
    const page = await ask(client)
    const fields = { decision: 'allow', csrf: page.csrf, remember: 'yes' }
    await operator.open(page.action, form(fields))
    const again = await operator.open(authorizationUrl(origin, client, challenge))
    expect(again.headers.get('location')).toMatch(/^\/consent\/int_/)
  })

  test(verifies(['A13'], 'the name Claude Code widens nothing but loopback'), async () => {
    const client = await register(origin, {
      client_name: 'Claude Code (evil)',
      redirect_uris: ['https://evil.example/cb'],
    })
    for (const uri of ['http://localhost:1234/cb', 'http://127.0.0.1/cb', 'https://claude.ai/cb']) {
      const url = authorizationUrl(origin, client, challenge, { redirect_uri: uri })
      expect((await fetch(url, { redirect: 'manual' })).status).toBe(400)
    }
  })

  test.each([
    ['right-to-left letters', 'Claude \u202eedoc', /\u202e/],
    ['zero-width letters', 'Clau\u200bde', /\u200b/],
    ['markup', '<b>Claude</b>', /<b>Claude/],
  ])(
    verifies(['A17'], 'a name with %s reorders and marks up nothing'),
    async (_title, name, not) => {
      const { html } = await ask(await register(origin, { client_name: name }))
      expect(html).not.toMatch(not)
    },
  )
})
