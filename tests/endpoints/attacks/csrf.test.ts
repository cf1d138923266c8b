import { describe, expect, test } from 'vitest'
import { authorizationUrl, newPkce, register } from '../../support/oauth/oauth'
import { form, newBrowser, operatorOf, sessionCookie } from '../../support/people/operator'
import { decide, visitConsent } from '../../support/people/operator-consent'
import { untilLogged } from '../../support/people/operator-log'
import { formWith } from '../../support/people/page-form'
import { sharedOrigin } from '../../support/server/portico'
import { admin } from '../../support/server/portico-process'
import { verifies } from '../../support/sources/verifies'

const origin = sharedOrigin()
const operator = await operatorOf(origin)
const client = await register(origin)
const { challenge } = newPkce()
const ask = () => visitConsent(operator, authorizationUrl(origin, client, challenge))

const page = await ask()
const other = await ask()

/** Presses a button of the dashboard from a page at `from`, behind a proxy that passes on `headers`. */
async function pressFrom(from: string, headers: Readonly<Record<string, string>> = {}) {
  const settings = await operator.open('/admin/settings')
  const body = formWith(await settings.text(), 'Save settings')
  return operator.open('/admin/settings', {
    method: 'POST',
    body,
    headers: { origin: from, ...headers },
  })
}

describe('a form of the dashboard', () => {
  const evil = 'https://evil.example'
  const hosts = (host: string) => ({ host, 'x-forwarded-host': host })

  test.each<[string, Record<string, string>]>([
    ['', {}],
    [', with a Host to match', { host: 'evil.example' }],
    [', with forwarded headers to match', hosts('evil.example')],
    [', with all of them', { ...hosts('evil.example'), 'x-forwarded-proto': 'https' }],
  ])(verifies(['A19'], 'is refused from another site%s'), async (_title, headers) => {
    const response = await pressFrom(evil, headers)
    expect(response.status).toBe(403)
    expect(await response.text()).toContain(`set to ${origin} (PORTICO_URL)`)
    await untilLogged(operator, { event: 'form.refused' }, (rows) =>
      rows.some(({ detail }) => detail.origin === evil),
    )
  })

  test('is refused by its script’s request, too, and by a page without an origin', async () => {
    const action = { 'next-action': '0'.repeat(42), 'content-type': 'text/plain;charset=UTF-8' }
    for (const from of [evil, 'null', 'not an origin']) {
      const init = { method: 'POST', body: '[]', headers: { ...action, origin: from } }
      expect((await operator.open('/admin/settings', init)).status).toBe(403)
    }
  })

  test.each<[string, Record<string, string>]>([
    ['as it is', {}],
    ['that rewrites Host', { host: '127.0.0.1:3000' }],
    ['that forwards a name of its own', hosts('portico.internal:3000')],
    ['that forwards several', { 'x-forwarded-host': 'a.internal, b.internal' }],
    ['that speaks of another scheme', { 'x-forwarded-proto': 'https', 'x-forwarded-port': '1' }],
  ])(verifies(['A19'], 'works behind a proxy %s'), async (_title, headers) => {
    const response = await pressFrom(origin, headers)
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('Nothing has changed')
  })
})

describe('RFC 9700 §4.7: cross-site request forgery', () => {
  const allow = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    operator.open(page.action, { ...form({ decision: 'allow', ...fields }), headers })

  test.each<[string, () => Promise<Response>]>([
    ['without a token', () => allow({})],
    ['with an empty token', () => allow({ csrf: '' })],
    ['with the token of another request', () => allow({ csrf: other.csrf })],
    ['with half a token', () => allow({ csrf: page.csrf.slice(0, 20) })],
    ['from another site', () => allow({ csrf: page.csrf }, { 'sec-fetch-site': 'cross-site' })],
    ['as text', () => allow({ csrf: page.csrf }, { 'content-type': 'text/plain' })],
    [
      'by a link',
      () => operator.open(`${page.action}?decision=allow&csrf=${encodeURIComponent(page.csrf)}`),
    ],
  ])(verifies(['A19'], 'a decision %s decides nothing'), async (_title, attack) => {
    const response = await attack()
    expect([400, 405]).toContain(response.status)
    expect(response.headers.get('location')).toBeNull()
  })

  test(verifies(['A19'], 'a decision without the session is none'), async () => {
    const response = await decide(newBrowser(origin), page, 'allow')
    expect(response.headers.get('location')).toMatch(/^\/sign-in\?/)
  })

  test(verifies(['A19', 'A25'], 'after all of it, the page takes its answer, once'), async () => {
    const first = await decide(operator, page, 'allow')
    expect(first.headers.get('location')).toContain('code=pac_')
    // the same press again leads the same way, and another answer nowhere
    const again = await decide(operator, page, 'allow')
    expect(again.headers.get('location')).toBe(first.headers.get('location'))
    expect((await decide(operator, page, 'deny')).status).toBe(400)
  })

  test('nobody is signed in by a form of another site', async () => {
    const browser = newBrowser(origin)
    const fields = { ...admin, csrfToken: 'f'.repeat(64), callbackUrl: origin, json: 'true' }
    await browser.open('/api/auth/callback/credentials', form(fields))
    expect(sessionCookie(browser)).toBeUndefined()
  })

  test('nor signed out by one', async () => {
    await operator.open('/api/auth/signout', form({ csrfToken: 'f'.repeat(64), json: 'true' }))
    expect((await operator.open('/admin')).status).toBe(200)
    await operator.open('/api/auth/signout')
    expect((await operator.open('/admin')).status).toBe(200)
  })

  test('the session cookie is not sent along by another site, nor read by script', async () => {
    const browser = newBrowser(origin)
    const { csrfToken } = (await (await browser.open('/api/auth/csrf')).json()) as {
      csrfToken: string
    }
    const fields = { ...admin, csrfToken, callbackUrl: origin, json: 'true' }
    const response = await browser.open('/api/auth/callback/credentials', form(fields))
    const cookies = response.headers.getSetCookie()
    const [cookie = ''] = cookies.filter((one) => one.includes('session-token'))
    expect(cookie).toMatch(/;\s*SameSite=(Lax|Strict)/i)
    expect(cookie).toMatch(/;\s*HttpOnly/i)
    expect(cookie).not.toMatch(/;\s*Domain=/i)
  })

  test(verifies(['A9'], 'no page of another site reads what people see'), async () => {
    const headers = { origin: 'https://evil.example' }
    for (const path of ['/authorize', page.path, '/sign-in', '/admin', '/api/auth/session']) {
      const response = await operator.open(path, { headers })
      expect([path, response.headers.get('access-control-allow-origin')]).toEqual([path, null])
    }
  })
})
