import { afterAll, describe, expect, test } from 'vitest'
import { startUntrusted } from '../support/mcp/untrusted-server'
import { type DocumentServer, serveDocuments } from '../support/oauth/document-server'
import { authorizationUrl, newPkce } from '../support/oauth/oauth'
import { form, newBrowser, operatorOf } from '../support/people/operator'
import { textOf } from '../support/people/operator-consent'
import { reasonWordsOf, untilLogged } from '../support/people/operator-log'
import { startPortico } from '../support/server/portico'
import { StartFailure } from '../support/server/portico-process'

/** Servers that Portico needs, with a certificate of their operator's own authority. */
const inside: DocumentServer = await serveDocuments()
inside.serve('/.well-known/openid-configuration', {
  issuer: inside.origin,
  authorization_endpoint: `${inside.origin}/authorize`,
  token_endpoint: `${inside.origin}/token`,
  jwks_uri: `${inside.origin}/keys`,
})
const env = {
  PORTICO_PROXY_HOPS: '1',
  PORTICO_OIDC_ISSUER: inside.origin,
  PORTICO_OIDC_ID: 'portico',
  PORTICO_OIDC_SECRET: 'secret',
  PORTICO_OIDC_NAME: 'Example ID',
  PORTICO_INTERNAL_CLIENT_HOSTS: inside.host,
  OTEL_EXPORTER_OTLP_ENDPOINT: inside.origin,
  OTEL_METRIC_EXPORT_INTERVAL: '1000',
}
const untrusting = await startPortico({ env })
afterAll(() => inside.close())

/** Where a browser ends that presses the provider's button. */
async function press(origin: string): Promise<URL> {
  const visitor = newBrowser(origin)
  const csrf = await (await visitor.open('/api/auth/csrf')).json()
  const { csrfToken } = csrf as { csrfToken: string }
  const fields = { csrfToken, callbackUrl: '/account', json: 'true' }
  const answer = await visitor.open('/api/auth/signin/oidc', form(fields))
  return new URL(((await answer.json()) as { url: string }).url)
}

const cause = /self-signed \(DEPTH_ZERO_SELF_SIGNED_CERT\).*NODE_EXTRA_CA_CERTS/

describe('a private authority that nobody told Portico of', () => {
  const { origin } = untrusting

  test('the page says that it is the certificate, and the log says which fault', async () => {
    const page = await press(origin)
    expect(page.searchParams.get('error')).toBe('certificate')
    const html = await (await newBrowser(origin).open(`${page.pathname}${page.search}`)).text()
    expect(textOf(html)).toContain('does not accept the certificate of Example ID')
    const operator = await operatorOf(origin)
    const rows = await untilLogged(operator, { event: 'operator.refused' }, (all) => all.length > 0)
    expect(rows.at(-1)?.detail.reason).toEqual({
      kind: 'provider-untrusted',
      provider: 'Example ID',
      tls: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    })
    expect(reasonWordsOf(rows.at(-1))).toMatch(cause)
    expect(reasonWordsOf(rows.at(-1))).toMatch(/^Example ID: cannot be trusted: /)
    expect(untrusting.output()).toContain('DEPTH_ZERO_SELF_SIGNED_CERT')
  })

  test('the self-check finds it before anybody signs in', async () => {
    const operator = await operatorOf(origin)
    const [row] = await untilLogged(operator, { event: 'server.checked' }, (all) => all.length > 0)
    expect(row?.detail.findings).toContain('other-server-untrusted')
    const page = textOf(await (await operator.open('/admin/self-check')).text())
    expect(page).toContain('The certificate of the sign-in provider Example ID is not accepted')
    expect(page).toContain('NODE_EXTRA_CA_CERTS')
  })

  test('the document of a client', async () => {
    const client = {
      client_id: `${inside.origin}/client.json`,
      redirect_uris: [`${inside.origin}/callback`],
    }
    await fetch(authorizationUrl(origin, client, newPkce().challenge), { redirect: 'manual' })
    const operator = await operatorOf(origin)
    const rows = await untilLogged(operator, { event: 'document.refused' }, (all) => all.length > 0)
    expect(reasonWordsOf(rows[0])).toMatch(cause)
  })

  test('the collector of OpenTelemetry', async () => {
    await expect
      .poll(untrusting.output, { timeout: 20_000 })
      .toMatch(/OpenTelemetry: .*the collector cannot be trusted: its certificate is self-signed/)
  })

  test('PostgreSQL', async () => {
    const server = await startUntrusted('postgresql')
    const url = `postgresql://portico@${server.host}/portico?sslmode=verify-full`
    const failure = await startPortico({ env: { DATABASE_URL: url } }).catch((error) => error)
    server.close()
    expect(failure).toBeInstanceOf(StartFailure)
    expect(failure.output).toMatch(
      /PostgreSQL cannot be trusted: its certificate is self-signed \(DEPTH_ZERO_SELF_SIGNED_CERT\)/,
    )
    expect(failure.output).toContain('sslrootcert=')
  })
})

test('an authority that it was told of is as good as any', async () => {
  const portico = await startPortico({
    env: { ...env, OTEL_SDK_DISABLED: 'true', NODE_EXTRA_CA_CERTS: inside.certificate },
  })
  expect((await press(portico.origin)).href).toContain(`${inside.origin}/authorize?`)
  const operator = await operatorOf(portico.origin)
  const [row] = await untilLogged(operator, { event: 'server.checked' }, (all) => all.length > 0)
  expect(row?.detail.findings).not.toContain('other-server-untrusted')
})
