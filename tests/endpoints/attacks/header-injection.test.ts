import { describe, expect, test } from 'vitest'
import {
  authorizationUrl,
  newPkce,
  postForm,
  redirectUri,
  register,
} from '../../support/oauth/oauth'
import { rawRequest, sendRaw } from '../../support/oauth/oauth-raw'
import { offeredLink } from '../../support/oauth/refused-authorization'
import { cookieHeader, operatorOf } from '../../support/people/operator'
import { approve } from '../../support/people/operator-consent'
import { untilLogged } from '../../support/people/operator-log'
import { startPortico } from '../../support/server/portico'
import { verifies } from '../../support/sources/verifies'

// a person may ask /authorize 120 times a minute, and this file asks often
const { origin } = await startPortico({ env: { PORTICO_PROXY_HOPS: '1' } })
const client = await register(origin)
const { challenge } = newPkce()
const operator = await operatorOf(origin)
// an error goes to a client at once only where the person has used it (RFC 9700 §4.11.2)
await approve(operator, authorizationUrl(origin, client, challenge))

const breaks = [
  '\r\nSet-Cookie: evil=1',
  '\nSet-Cookie: evil=1',
  '\rSet-Cookie: evil=1',
  '\r\n\r\n<script>alert(1)</script>',
  '%0d%0aSet-Cookie: evil=1',
  '\u560d\u560aSet-Cookie: evil=1',
  '\u2028Set-Cookie: evil=1',
]

type Sent = { readonly status: number; readonly head: string; readonly body: string }

/** What came over the wire, before any library could repair it. */
async function ask(url: URL, headers: readonly string[] = []): Promise<Sent> {
  const line = `GET ${url.pathname}${url.search}`
  const { status, text } = await sendRaw(origin, rawRequest(line, headers))
  const end = text.indexOf('\r\n\r\n')
  const [head, body] = [text.slice(0, end), text.slice(end)]
  expect(head).not.toMatch(/^set-cookie: evil|^<script/im)
  expect(body).not.toMatch(/<script>alert/i)
  return { status, head, body }
}

/** The same of whoever is connected with the client. */
const askConnected = (url: URL): Promise<Sent> =>
  ask(url, [`cookie: ${cookieHeader(operator)}`, `x-forwarded-for: ${operator.address}`])

const locationsIn = ({ head }: Sent): string[] =>
  [...head.matchAll(/^location: (.*)$/gim)].map(([, location = '']) => location)

/** Where an error goes: at once for whoever is connected, and by a link for a stranger. */
async function refusedTo(url: URL): Promise<string> {
  const connected = await askConnected(url)
  const [location = '', ...others] = locationsIn(connected)
  expect([connected.status, others]).toEqual([303, []])
  expect(location.startsWith(`${redirectUri}?error=`)).toBe(true)
  const stranger = await ask(url)
  expect([stranger.status, locationsIn(stranger)]).toEqual([400, []])
  expect(offeredLink(stranger.body)).toBe(location)
  return location
}

describe('header injection (RFC 9700 §4.11, RFC 9110 §5.5)', () => {
  describe.each(breaks)('by %j', (evil) => {
    const urlWith = (fields: Record<string, string>) =>
      authorizationUrl(origin, client, challenge, fields)

    test(verifies(['A21', 'A22'], 'in state, which comes back exactly'), async () => {
      const state = `x${evil}`
      const location = await refusedTo(urlWith({ state, response_type: 'token' }))
      expect(new URL(location).searchParams.getAll('state')).toEqual([state])
    })

    test.each(['redirect_uri', 'scope', 'resource', 'client_id', 'response_type', 'prompt'])(
      verifies(['A12', 'A22'], 'in %s'),
      async (name) => {
        const usual = urlWith({}).searchParams.get(name) ?? ''
        const { status, head } = await ask(urlWith({ [name]: `${usual}${evil}` }))
        expect([303, 400]).toContain(status)
        expect(head).not.toMatch(/^location: https:\/\/client\.example\/callback[^?]/im)
      },
    )

    test.each(['resource', 'response_type'])(
      verifies(['A12', 'A22'], 'in %s, which is refused to the client'),
      async (name) => {
        const url = urlWith({ state: 'state-1' })
        url.searchParams.set(name, `${url.searchParams.get(name)}${evil}`)
        const { searchParams } = new URL(await refusedTo(url))
        expect(searchParams.get('state')).toBe('state-1')
        expect([...searchParams.keys()].sort()).toEqual([
          'error',
          'error_description',
          'iss',
          'state',
        ])
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
