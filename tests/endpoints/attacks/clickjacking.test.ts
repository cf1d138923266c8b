import { describe, expect, test } from 'vitest'
import { authorizationUrl, newPkce, register } from '../../support/oauth/oauth'
import { operatorOf } from '../../support/people/operator'
import { visitConsent } from '../../support/people/operator-consent'
import { sharedOrigin } from '../../support/server/portico'
import { verifies } from '../../support/sources/verifies'

const origin = sharedOrigin()
const operator = await operatorOf(origin)
const client = await register(origin)
const consent = await visitConsent(operator, authorizationUrl(origin, client, newPkce().challenge))

const pages = [
  '/sign-in?switch',
  '/setup',
  '/admin',
  '/admin/clients',
  '/admin/connections',
  '/admin/handshakes',
  '/admin/handshakes/hs_0',
  '/admin/log',
  '/admin/self-check',
  '/admin/alerts',
  '/admin/sessions',
  '/admin/tokens',
  consent.path,
  '/consent/int_unknown',
  '/shared/psh_unknown',
]
const others = [
  '/',
  '/authorize',
  '/authorize?client_id=unknown',
  `/authorize${authorizationUrl(origin, client, newPkce().challenge).search}`,
  `${consent.path}/decision`,
  '/token',
  '/register',
  '/revoke',
  '/introspect',
  '/mcp',
  '/.well-known/jwks.json',
  '/.well-known/oauth-authorization-server',
  '/.well-known/oauth-protected-resource/mcp',
  '/.well-known/unknown',
  '/api/auth/csrf',
  '/api/auth/session',
  '/api/auth/signin',
  '/api/auth/signout',
  '/api/auth/error',
  '/admin/log/export?format=ndjson',
  '/admin/handshakes/hs_0/export',
  '/admin/unknown',
  '/icon.svg',
  '/favicon.ico',
  '/unknown',
]

const directive = (policy: string, name: string) =>
  policy.split('; ').find((one) => one.startsWith(`${name} `))

describe('RFC 9700 §4.16: clickjacking', () => {
  test.each([...pages, ...others])(verifies(['A19'], '%s cannot be framed'), async (path) => {
    for (const method of ['GET', 'HEAD', 'POST']) {
      const { headers } = await operator.open(path, { method })
      const policy = headers.get('content-security-policy') ?? ''
      expect([method, directive(policy, 'frame-ancestors')]).toEqual([
        method,
        "frame-ancestors 'none'",
      ])
      expect([method, headers.get('x-frame-options')]).toEqual([method, 'DENY'])
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
    }
  })

  test.each(pages)(verifies(['A19'], '%s runs no script but its own'), async (path) => {
    const response = await operator.open(path)
    const policy = response.headers.get('content-security-policy') ?? ''
    const scripts = directive(policy, 'script-src') ?? ''
    expect(scripts).toMatch(/'nonce-[\w-]{20,}'/)
    expect(scripts).not.toMatch(/unsafe-inline|unsafe-eval|https?:|\*/)
    const [, nonce] = /'nonce-([\w-]+)'/.exec(scripts) ?? []
    const html = await response.text()
    const tags = html.match(/<script\b[^>]*>/g) ?? []
    expect(tags.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([])
    const again = await operator.open(path)
    expect(again.headers.get('content-security-policy')).not.toContain(String(nonce))
  })
})
