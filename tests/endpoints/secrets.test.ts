import { beforeAll, describe, expect, test, vi } from 'vitest'
import { connectAs, refreshAs } from '../support/clients/claude'
import { clientScripts, hostedClaude } from '../support/clients/claude-clients'
import { storedFiles, storedRows } from '../support/database/oauth-database'
import { postMcp, toolCall } from '../support/mcp/mcp-message'
import { exchangeCode, refresh, revoke } from '../support/oauth/oauth-tokens'
import { newBrowser, sessionCookie, signInWith } from '../support/people/operator'
import { approve } from '../support/people/operator-consent'
import { download } from '../support/people/operator-log'
import { startPortico } from '../support/server/portico'
import { admin, type Portico } from '../support/server/portico-process'
import { verifies } from '../support/sources/verifies'

// several processes are started, one after another
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

/** Where secrets must not be, and everything that was a secret on the wire. */
const places = new Map<string, string | Buffer>()
const secrets = new Map<string, string>()
let clientId: string

const wrongPassword = 'a wrong password, typed twice'
const lists = ['log', 'tokens', 'clients', 'connections', 'sessions'] as const

/** A whole handshake, and every mistake that carries a secret to where none belongs. */
async function leaveTraces({ origin }: Portico): Promise<void> {
  const mcpUrl = `${origin}/mcp`
  const browser = newBrowser(origin)
  secrets.set('password', admin.password).set('wrong password', wrongPassword)
  await signInWith(browser, { email: wrongPassword, password: wrongPassword })
  for (const script of clientScripts) {
    const connected = await connectAs(script, mcpUrl, (url) => approve(browser, url))
    const { client, code, verifier, tokens, wire } = connected
    clientId = client.client_id
    const next = await refreshAs(connected)
    for (const secret of wire.secrets) secrets.set(`${script.name}, ${secrets.size}`, secret)
    const callback = new URL(script.redirectUri)
    await exchangeCode(origin, { client, code, verifier, callback })
    await refresh(origin, { client }, `${next.refresh_token}x`)
    await postMcp(`${mcpUrl}?access_token=${next.access_token}`, null, toolCall('whoami'))
    await postMcp(mcpUrl, `${next.access_token}x`, toolCall('whoami'))
    await fetch(`${origin}/callback?code=${code}`, {
      headers: { cookie: `t=${tokens.access_token}` },
    })
    await fetch(
      `${origin}/authorize?client_id=x&code=${code}&client_secret=${client.client_secret}`,
    )
    await revoke(origin, { client }, next.refresh_token)
  }
  secrets.set('session cookie', sessionCookie(browser) ?? '')
  for (const list of lists) places.set(`the list of ${list}`, await download(browser, list))
}

beforeAll(async () => {
  const portico = await startPortico({ env: { PORTICO_PROXY_HOPS: '1' } })
  await leaveTraces(portico)
  await portico.stop()
  places.set('the console', portico.output())
  for (const [table, rows] of await storedRows(portico)) places.set(`the table ${table}`, rows)
  for (const [file, bytes] of storedFiles(portico)) places.set(file, bytes)
})

describe('a scan for secrets', () => {
  test('knows what it is looking for', () => {
    expect([...secrets.values()].filter((secret) => secret.length < 16)).toEqual([])
    // per client: code, verifier, two access tokens and two refresh tokens at least
    expect(secrets.size).toBeGreaterThanOrEqual(clientScripts.length * 6 + 3)
    const kinds = ['pac_', 'prt_', 'psec_', 'eyJ']
    const found = kinds.filter((kind) => [...secrets.values()].some((one) => one.startsWith(kind)))
    expect(found).toEqual(kinds)
  })

  test('looks where there is something to find', () => {
    const where = [...places]
      .filter(([, content]) => content.includes(clientId))
      .map(([name]) => name)
    const expected = ['Client', 'Event', 'Grant', 'AccessToken', 'RefreshToken', 'Interaction']
    expect(where).toEqual(expect.arrayContaining(expected.map((table) => `the table ${table}`)))
    expect(where).toEqual(expect.arrayContaining(['the list of log', 'the list of clients']))
    expect(places.get('the console')).toContain(hostedClaude.name)
  })

  test(verifies(['A45', 'A25'], 'finds none in any table, file, list or console line'), () => {
    const leaks = [...secrets].flatMap(([kind, secret]) =>
      [...places]
        .filter(([, content]) =>
          [secret, encodeURIComponent(secret)].some((one) => content.includes(one)),
        )
        .map(([name]) => `${kind} in ${name}`),
    )
    expect(leaks).toEqual([])
  })
})
