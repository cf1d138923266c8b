import { encode } from 'next-auth/jwt'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { authorizationUrl, newPkce, register } from '../support/oauth/oauth'
import { form, newBrowser, type Operator, sessionCookie, signIn } from '../support/people/operator'
import { textOf } from '../support/people/operator-consent'
import { readLog, untilLogged } from '../support/people/operator-log'
import { startPortico } from '../support/server/portico'
import { admin, type Portico } from '../support/server/portico-process'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

/** A server that is reached by https, as it believes, and is asked over http here. */
const own = 'https://portico.example'
const session = '__Secure-next-auth.session-token'

let portico: Portico
let operator: Operator

beforeAll(async () => {
  portico = await startPortico({ env: { PORTICO_URL: own, PORTICO_PROXY_HOPS: '1' } })
  operator = await signIn(portico.origin)
})

const lostFrom = async (address: string) =>
  (await readLog(operator, { event: 'cookie.lost' })).filter((row) => row.address === address)

/** What next-auth's script sends from a page whose cookies were not kept, from an address of its own. */
function sendForm(visitor: Operator, page: string, headers: Record<string, string> = {}) {
  const fields = { ...admin, csrfToken: 'x', callbackUrl: page, json: 'true' }
  const { origin } = new URL(page)
  return visitor.open('/api/auth/callback/credentials', {
    ...form(fields),
    headers: { origin, 'sec-fetch-site': 'same-origin', cookie: ' ', ...headers },
  })
}

const ledTo = async (response: Response) =>
  new URL(((await response.json()) as { url: string }).url)

const pageOf = async (path: string, visitor = newBrowser(portico.origin)) => {
  const response = await visitor.open(path)
  expect(response.status).toBe(200)
  return textOf(await response.text())
}

describe('a sign-in whose cookie was not kept', () => {
  test.each([
    ['http://192.168.1.5:3000', 'scheme', /came over http/],
    ['https://portico.lan', 'host', /not at the server’s own address/],
    [own, 'blocked', /Allow cookies for this site/],
  ])('at %s is told, and recorded: %s', async (origin, because, words) => {
    const visitor = newBrowser(portico.origin)
    const response = await sendForm(visitor, `${origin}/sign-in?next=/account`)
    expect(sessionCookie(visitor)).toBeUndefined()
    const led = await ledTo(response)
    expect(`${led.origin}${led.pathname}`).toBe(`${origin}/sign-in`)
    expect(Object.fromEntries(led.searchParams)).toEqual({
      next: '/account',
      error: `cookie-${because}`,
    })
    const page = await pageOf(`/sign-in${led.search}`)
    expect(page).toMatch(words)
    expect(page.includes(`Open ${own}`)).toBe(because !== 'blocked')
    const query = { event: 'cookie.lost' }
    const rows = await untilLogged(operator, query, (all) =>
      all.some(({ address }) => address === visitor.address),
    )
    const row = rows.find(({ address }) => address === visitor.address)
    const reason = { kind: 'cookie-lost', because }
    expect(row?.detail).toEqual({ what: 'sign-in', reason, origin })
  })

  test.each([
    ['of another scheme', 'next-auth.csrf-token', 'cookie-blocked', /Allow cookies for this site/],
    ['of before', '__Host-next-auth.csrf-token', 'form-stale', /This page was too old/],
  ])('is told from a form whose cookie is one %s', async (_, name, error, words) => {
    const visitor = newBrowser(portico.origin)
    const cookie = `${name}=${encodeURIComponent('old|old')}`
    const led = await ledTo(await sendForm(visitor, `${own}/sign-in?next=/account`, { cookie }))
    expect(led.searchParams.get('error')).toBe(error)
    expect(await pageOf(`/sign-in${led.search}`)).toMatch(words)
    const isStale = error === 'form-stale'
    await expect.poll(async () => (await lostFrom(visitor.address)).length).toBe(isStale ? 0 : 1)
  })

  test('is part of the handshake that it is for', async () => {
    const { challenge } = newPkce()
    const client = await register(portico.origin, { client_name: 'Of no cookie' })
    const url = new URL(
      authorizationUrl(portico.origin, client, challenge, { resource: `${own}/mcp` }),
    )
    const visitor = newBrowser(portico.origin)
    const location = (await visitor.open(url)).headers.get('location') ?? ''
    await sendForm(visitor, `http://192.168.1.5:3000${location}`)
    const rows = await untilLogged(operator, { event: 'cookie.lost' }, (all) =>
      all.some(({ address }) => address === visitor.address),
    )
    const row = rows.find(({ address }) => address === visitor.address)
    expect(row?.interactionId).toMatch(/^int_/)
  })

  test('is found out on the page after it, and only there and then', async () => {
    const at = 'http://192.168.1.5:3000'
    const fresh = newBrowser(portico.origin)
    const now = Date.now()
    expect(await pageOf(`/sign-in?next=/account&entered=${now}&at=${at}`, fresh)).toMatch(
      /came over http/,
    )
    const rows = await untilLogged(operator, { event: 'cookie.lost' }, (all) =>
      all.some(({ address }) => address === fresh.address),
    )
    expect(rows.find(({ address }) => address === fresh.address)?.detail.what).toBe('session')

    const late = newBrowser(portico.origin)
    for (const query of [
      '',
      '?next=/account',
      `?entered=${now - 120_000}`,
      '?entered=x',
      '?at=y',
    ]) {
      expect(await pageOf(`/sign-in${query}`, late)).not.toContain('You are not signed in')
    }
    expect(await lostFrom(late.address)).toEqual([])
  })

  test('leads on who has a session', async () => {
    const response = await operator.open(`/sign-in?next=/account&entered=${Date.now()}&at=${own}`)
    expect(response.headers.get('location')).toBe('/account')
  })

  test('does not fill the log, and is not what another site sends', async () => {
    const visitor = newBrowser(portico.origin)
    for (let time = 0; time < 60; time += 1) await sendForm(visitor, `${own}/sign-in`)
    const rows = await untilLogged(operator, { event: 'cookie.lost' }, (all) => {
      const counts = all.filter(({ address }) => address === visitor.address)
      return counts.reduce((sum, { count = 1 }) => sum + Number(count ?? 1), 0) >= 60
    })
    expect(rows.filter(({ address }) => address === visitor.address).length).toBeLessThan(40)

    const stranger = newBrowser(portico.origin)
    await sendForm(stranger, 'https://evil.example/sign-in', { 'sec-fetch-site': 'cross-site' })
    await sendForm(stranger, 'javascript:alert(1)', { origin: 'null' })
    const [row, ...more] = await untilLogged(operator, { event: 'cookie.lost' }, (all) =>
      all.some(({ address }) => address === stranger.address),
    ).then((all) => all.filter(({ address }) => address === stranger.address))
    expect(more).toEqual([])
    expect(row?.detail.reason).toEqual({ kind: 'cookie-lost', because: 'blocked' })
  })
})

describe('an answer on the consent page of somebody who is signed out', () => {
  test('says that nothing was changed', async () => {
    const path = '/consent/int_AAAAAAAAAAAAAAAAAAAAAA/decision'
    const response = await newBrowser(portico.origin).open(path, form({ decision: 'allow' }))
    expect(response.status).toBe(303)
    const page = await pageOf(response.headers.get('location') ?? '')
    expect(page).toContain('so nothing was changed')
  })
})

describe('the cookie of a session that says nothing any more', () => {
  /** Of a server whose secret has been changed since. */
  const stale = () =>
    encode({ token: { sub: 'user_x', sid: 'os_x' }, secret: 'the secret that was here before' })

  test('is forgotten, with a word and an event, and says nothing bare on the console', async () => {
    const visitor = newBrowser(portico.origin)
    visitor.cookies.set(session, await stale())
    const asked = await visitor.open('/sign-in?next=/account')
    expect(asked.headers.get('location')).toBe('/api/auth/stale?next=%2Faccount')
    const forgot = await visitor.open('/api/auth/stale?next=%2Faccount')
    expect(forgot.headers.get('location')).toBe('/sign-in?next=%2Faccount&forgotten=1')
    expect(sessionCookie(visitor)).toBeUndefined()
    expect(await pageOf('/sign-in?next=%2Faccount&forgotten=1', visitor)).toContain(
      'no longer valid',
    )
    await untilLogged(operator, { event: 'session.forgotten' }, (all) =>
      all.some(({ address }) => address === visitor.address),
    )
    await visitor.open('/account', { headers: { cookie: `${session}=${await stale()}` } })
    await visitor.open('/api/auth/session', { headers: { cookie: `${session}=broken` } })
    expect(portico.output()).not.toMatch(/JWT_SESSION_ERROR|next-auth/)
  })

  test('does not send a browser to and fro that keeps it', async () => {
    const visitor = newBrowser(portico.origin)
    visitor.cookies.set(session, await stale())
    expect(await pageOf('/sign-in?forgotten=1', visitor)).toContain('no longer valid')
  })

  test('is another than that of somebody who is signed in', async () => {
    const person = await signIn(portico.origin)
    await person.open('/api/auth/stale?next=//evil.example')
    expect(sessionCookie(person)).toBeDefined()
    const response = await person.open('/api/auth/stale?next=//evil.example')
    expect(response.headers.get('location')).toBe('/sign-in?next=%2Fadmin&forgotten=1')
    expect((await person.open('/account')).status).toBe(200)
  })
})
