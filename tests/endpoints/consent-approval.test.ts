import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { Role } from '@/lib/vocabulary'
import {
  authorizationUrl,
  newPkce,
  postForm,
  type RegisteredClient,
  register,
} from '../support/oauth/oauth'
import { type Operator, signIn } from '../support/people/operator'
import {
  answer,
  approve,
  type ConsentPage,
  decide,
  textOf,
  visitConsent,
} from '../support/people/operator-consent'
import { untilHandshakes } from '../support/people/operator-handshakes'
import { personOf, storedPeople } from '../support/people/people'
import { startPortico } from '../support/server/portico'
import type { Portico } from '../support/server/portico-process'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const env = { PORTICO_PROXY_HOPS: '1', PORTICO_CLIENT_APPROVAL: 'first-seen' }
const roles = ['operator', 'viewer', 'member'] as const
const visitors = new Map<Role, Operator>()
let portico: Portico

beforeAll(async () => {
  portico = await startPortico({ env, stored: await storedPeople(...roles) })
  for (const role of roles) visitors.set(role, await signIn(portico.origin, personOf(role)))
  visitors.set('admin', await signIn(portico.origin))
})

const as = (role: Role): Operator => visitors.get(role) as Operator

/** A client of a name of its own, and what it takes to exchange its code. */
async function newClient(name: string) {
  const client = await register(portico.origin, { client_name: name })
  return { client, ...newPkce() }
}

type Asking = { readonly client: RegisteredClient; readonly challenge: string }
const urlOf = ({ client, challenge }: Asking) => authorizationUrl(portico.origin, client, challenge)

/** What a person sees after the page that asks. */
async function pageOf(role: Role, { path }: Pick<ConsentPage, 'path'>): Promise<string> {
  const response = await as(role).open(path)
  expect(response.status).toBe(200)
  return textOf(await response.text())
}

const carryOn = (role: Role, { path }: Pick<ConsentPage, 'path'>) => as(role).open(`${path}/answer`)

/** A member allows a client that nobody has approved. */
async function held(name: string, role: Role = 'member') {
  const asking = await newClient(name)
  const page = await visitConsent(as(role), urlOf(asking))
  const response = await decide(as(role), page, 'allow')
  return { asking, page, response }
}

describe('what a member or viewer allows', () => {
  test.each(['member', 'viewer'] as const)('waits, for a %s', async (role) => {
    const { page, response } = await held(`Held of ${role}`, role)
    expect(textOf(page.html)).toContain('your answer waits until one does')
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe(page.path)
    expect(await pageOf(role, page)).toContain(`Waiting for an operator to approve Held of ${role}`)
    // without script the page comes again by itself
    const html = await (await as(role).open(page.path)).text()
    expect(html).toMatch(/<noscript>\s*<meta http-equiv="refresh" content="\d+"/i)
    expect(html).not.toContain('name="csrf"')
  })

  test('gives no code, however it is asked for', async () => {
    const { page } = await held('Held twice')
    for (let times = 0; times < 2; times += 1) {
      expect((await carryOn('member', page)).headers.get('location')).toBe(page.path)
    }
    const same = await decide(as('member'), page, 'allow')
    expect([same.status, same.headers.get('location')]).toEqual([303, page.path])
    const other = await decide(as('member'), page, 'deny')
    expect([other.status, other.headers.get('location')]).toEqual([400, null])
  })

  test('is nobody else’s: not to see, not to answer, not to take', async () => {
    const { page } = await held('Held of somebody')
    for (const role of ['viewer', 'admin'] as const) {
      expect(await pageOf(role, page)).toContain('Another account has answered this')
      expect((await carryOn(role, page)).headers.get('location')).toBe(page.path)
    }
    const stranger = await fetch(`${portico.origin}${page.path}/answer`, { redirect: 'manual' })
    expect(stranger.headers.get('location')).toMatch(/^\/sign-in\?next=/)
  })

  test('denied at once is told at once', async () => {
    const callback = await answer(as('member'), urlOf(await newClient('Denied')), 'deny')
    expect(callback.searchParams.get('error')).toBe('access_denied')
  })

  test('is in the list of those who may look, and counted for them', async () => {
    const { page } = await held('Held and listed')
    for (const role of ['admin', 'operator', 'viewer'] as const) {
      const text = textOf(await (await as(role).open('/admin/approvals')).text())
      expect(text).toContain('Held and listed')
      expect(text).toContain('client.example')
      expect(text).toContain(personOf('member').email)
      expect(text.includes('Approve Held and listed')).toBe(role !== 'viewer')
      const count = await as(role).open('/admin/approvals/count')
      expect((await count.json()).waiting).toBeGreaterThan(0)
    }
    expect((await as('member').open('/admin/approvals/count')).status).toBe(401)
    expect(await pageOf('member', page)).toContain('Waiting for an operator')
  })

  test('is under way in its handshake, and not abandoned', async () => {
    const { asking } = await held('Held and watched')
    const [row] = await untilHandshakes(as('admin'), (rows) =>
      rows.some(
        ({ clientId, stage }) => clientId === asking.client.client_id && stage === 'decided',
      ),
    ).then((rows) => rows.filter(({ clientId }) => clientId === asking.client.client_id))
    expect(row?.verdict.kind).toBe('in-progress')
    expect(row?.userEmail).toBe(personOf('member').email)
  })
})

describe('an operator’s own consent', () => {
  test('is not held, approves the client, and lets what waits go on', async () => {
    const { asking, page } = await held('Approved by use')
    await approve(as('operator'), urlOf(asking))

    expect(await pageOf('member', page)).toContain('Approved by use is approved')
    const answer = `${page.path}/answer`
    expect((await as('member').open(answer, { method: 'HEAD' })).status).toBe(200)
    const ahead = { headers: { 'sec-purpose': 'prefetch' } }
    expect((await as('member').open(answer, ahead)).status).toBe(503)
    const callback = new URL((await carryOn('member', page)).headers.get('location') ?? '')
    const token = await postForm(`${portico.origin}/token`, {
      grant_type: 'authorization_code',
      client_id: asking.client.client_id,
      redirect_uri: asking.client.redirect_uris[0],
      code: callback.searchParams.get('code') ?? '',
      code_verifier: asking.verifier,
    })
    expect(token.status).toBe(200)
    expect(callback.searchParams.get('iss')).toBe(portico.origin)

    expect((await carryOn('member', page)).headers.get('location')).toBe(page.path)
    expect(await pageOf('member', page)).toContain('The app is connected')
  })

  test('makes one code of many that come for it at once', async () => {
    const { asking, page } = await held('Raced')
    await approve(as('admin'), urlOf(asking))
    const answers = await Promise.all([1, 2, 3, 4].map(() => carryOn('member', page)))
    const places = new Set(answers.map((one) => one.headers.get('location')))
    expect(places.size).toBe(1)
    expect([...places][0]).toContain('code=pac_')
  })

  test('lets the next member through without waiting', async () => {
    const asking = await newClient('Approved before')
    await approve(as('admin'), urlOf(asking))
    const page = await visitConsent(as('member'), urlOf(asking))
    expect(textOf(page.html)).not.toContain('waits until')
    const response = await decide(as('member'), page, 'allow')
    expect(response.headers.get('location')).toContain('code=pac_')
  })
})

describe('a request for more', () => {
  test('sets apart what is new from what is allowed already', async () => {
    const asking = await newClient('Grows')
    await approve(as('admin'), urlOf(asking))
    const same = textOf((await visitConsent(as('admin'), urlOf(asking))).html)
    expect(same).toContain('Already allowed. This adds another connection')
    const fields = { scope: 'claudeai portico:observe' }
    const more = authorizationUrl(portico.origin, asking.client, asking.challenge, fields)
    const text = textOf((await visitConsent(as('admin'), more)).html)
    expect(text).toMatch(
      /It asks for more: New Watch everyone’s connections .*Already allowed Use your tools/,
    )
    // another person's connections are no business of this one
    const others = textOf((await visitConsent(as('member'), urlOf(asking))).html)
    expect(others).not.toContain('Already allowed')
  })
})

describe('a page that takes no answer', () => {
  test('leads back to a host that is known, and an operator to the dashboard', async () => {
    const claude = { redirect_uris: ['https://claude.ai/api/mcp/auth_callback'] }
    const client = await register(portico.origin, { client_name: 'Claude', ...claude })
    const page = await visitConsent(as('admin'), urlOf({ client, challenge: newPkce().challenge }))
    await decide(as('admin'), page, 'allow')
    const html = await (await as('admin').open(page.path)).text()
    expect(html).toContain('href="https://claude.ai/"')
    expect(textOf(html)).toContain('Open the dashboard')
    const refused = await (await decide(as('admin'), page, 'deny')).text()
    expect(textOf(refused)).toContain('See the result of your answer')
  })

  test('sends nobody to an address that anybody could register', async () => {
    const asking = await newClient('Unknown')
    const page = await visitConsent(as('member'), urlOf(asking))
    await decide(as('member'), page, 'deny')
    const html = await (await as('member').open(page.path)).text()
    expect(html).not.toContain('https://client.example')
    expect(textOf(html)).not.toContain('Open the dashboard')
  })

  test.each([
    ['an unknown id', 'int_AAAAAAAAAAAAAAAAAAAAAA'],
    ['a null byte', '\u0000'],
    ['a path', '../x'],
    ['something long', 'a'.repeat(5000)],
  ])('the answer to %s is a page, not a fault', async (_what, id) => {
    const response = await as('admin').open(`/consent/${encodeURIComponent(id)}/answer`)
    expect(response.status).toBeLessThan(500)
  })
})
