import { describe, expect, test } from 'vitest'
import { authorizationUrl, newPkce, postForm, redirectUri, register } from '../support/oauth/oauth'
import { form, newBrowser, operatorOf } from '../support/people/operator'
import {
  approve,
  type ConsentPage,
  decide,
  textOf,
  visitConsent,
} from '../support/people/operator-consent'
import { sharedOrigin } from '../support/server/portico'
import { verifies } from '../support/sources/verifies'

const origin = sharedOrigin()
const { challenge } = newPkce()
const client = await register(origin, { client_name: 'Consent client' })
const operator = await operatorOf(origin)

const ask = (own = client) => visitConsent(operator, authorizationUrl(origin, own, challenge))

describe('the page', () => {
  test(
    verifies(['A17'], 'names the client, where the answer goes, and what is allowed'),
    async () => {
      const text = textOf((await ask()).html)
      expect(text).toContain('Consent client')
      expect(text).toContain(new URL(redirectUri).host)
      expect(text).toContain(redirectUri)
      expect(text).toContain('Call the tools of this server in your name')
      expect(text).toContain('admin@portico.test')
    },
  )

  test(verifies(['A17'], 'warns of an answer that goes to the own computer'), async () => {
    const own = await register(origin, { redirect_uris: ['http://127.0.0.1:8123/callback'] })
    const warned = textOf((await ask(own)).html)
    const unwarned = textOf((await ask()).html)
    expect(warned).toMatch(/this computer/i)
    expect(unwarned).not.toMatch(/this computer/i)
  })

  test(verifies(['A19'], 'cannot be framed, and tells no other site of itself'), async () => {
    const { headers, html } = await ask()
    const csp = headers.get('content-security-policy') ?? ''
    expect(csp).toContain("frame-ancestors 'none'")
    // Chromium would hold the whole redirect chain that the form begins against it
    expect(csp).not.toContain('form-action')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cache-control')).toMatch(/no-store|no-cache|private/)
    const sources = [...html.matchAll(/\b(?:src|href|action)="([^"]+)"/g)].map(([, url]) => url)
    const foreign = sources.filter((url) => new URL(String(url), origin).origin !== origin)
    expect(foreign).toEqual([])
  })

  test('shows a hostile name as text', async () => {
    const own = await register(origin, { client_name: '<script>alert(1)</script>' })
    const { html } = await ask(own)
    expect(html).not.toContain('<script>alert(1)')
    expect(textOf(html)).toContain('<script>alert(1)</script>')
  })

  test(verifies(['A19'], 'is not for strangers'), async () => {
    const { path } = await ask()
    const response = await newBrowser(origin).open(path)
    const target = `${response.headers.get('location')} ${await response.text()}`
    expect(target).toContain(`/sign-in?next=${encodeURIComponent(path)}`)
  })
})

/** The page still takes its answer: whatever was tried before decided nothing. */
async function expectStillOpen(page: ConsentPage): Promise<void> {
  const response = await decide(operator, page, 'allow')
  expect(response.headers.get('location')).toMatch(/[?&]code=pac_/)
}

describe('an answer that is not this person’s own', () => {
  test.each<[string, (page: ConsentPage) => Promise<Record<string, string>>]>([
    ['no csrf token', async () => ({ decision: 'allow' })],
    ['an empty one', async () => ({ decision: 'allow', csrf: '' })],
    ['a wrong one', async ({ csrf }) => ({ decision: 'allow', csrf: `${csrf}x` })],
    ['that of another request', async () => ({ decision: 'allow', csrf: (await ask()).csrf })],
  ])(verifies(['A19'], '%s is refused and decides nothing'), async (_title, fieldsFor) => {
    const page = await ask()
    const response = await operator.open(page.action, form(await fieldsFor(page)))
    expect(response.status).toBe(400)
    expect(response.headers.get('location')).toBeNull()
    expect(textOf(await response.text())).toContain('Nothing was changed')
    await expectStillOpen(page)
  })

  test(verifies(['A19'], 'a form that another site posted is refused'), async () => {
    const page = await ask()
    const fields = form({ decision: 'allow', csrf: page.csrf })
    const headers = { 'sec-fetch-site': 'cross-site' }
    expect((await operator.open(page.action, { ...fields, headers })).status).toBe(400)
    await expectStillOpen(page)
  })

  test(verifies(['A19', 'A20'], 'somebody who is not signed in decides nothing'), async () => {
    const page = await ask()
    const response = await decide(newBrowser(origin), page, 'allow')
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toMatch(/^\/sign-in\?next=/)
    await expectStillOpen(page)
  })

  test.each(['GET', 'PUT', 'DELETE'])('%s decides nothing', async (method) => {
    const page = await ask()
    const path = `${page.action}?decision=allow&csrf=${page.csrf}`
    expect((await operator.open(path, { method })).status).toBe(405)
    await expectStillOpen(page)
  })

  test('an answer that is neither yes nor no is refused', async () => {
    const page = await ask()
    const fields = form({ csrf: page.csrf, decision: 'maybe' })
    expect((await operator.open(page.action, fields)).status).toBe(400)
    await expectStillOpen(page)
  })
})

describe('a decision', () => {
  test.each([
    ['allow', 'deny'],
    ['deny', 'allow'],
  ] as const)(verifies(['A19'], '%s, and then %s, is taken once'), async (first, second) => {
    const page = await ask()
    expect((await decide(operator, page, first)).status).toBe(303)
    const again = await decide(operator, page, second)
    expect(again.status).toBe(400)
    expect(again.headers.get('location')).toBeNull()
    const said = textOf(await again.text())
    expect(said).toContain(
      `You have already ${first === 'allow' ? 'allowed' : 'denied'} this request`,
    )
    expect(textOf(await (await operator.open(page.path)).text())).not.toContain('Allow')
  })

  test.each(['allow', 'deny'] as const)(
    verifies(['A19'], '%s once more leads the same way'),
    async (decision) => {
      const page = await ask()
      const first = (await decide(operator, page, decision)).headers.get('location')
      expect(first).toMatch(decision === 'allow' ? /[?&]code=pac_/ : /error=access_denied/)
      // a second press, at the form that went out of date, and the link of the page
      for (const again of [
        await decide(operator, page, decision),
        await decide(operator, page, decision),
        await operator.open(`${page.path}/answer`),
      ]) {
        expect([again.status, again.headers.get('location')]).toEqual([303, first])
      }
      const html = await (await operator.open(page.path)).text()
      expect(html).toContain(`href="${page.path}/answer"`)
      expect(textOf(html)).toContain(new URL(redirectUri).host)
    },
  )

  test('of two at the same time one is taken, and both lead the same way', async () => {
    const page = await ask()
    const all = await Promise.all([1, 2, 3, 4].map(() => decide(operator, page, 'allow')))
    expect(all.map(({ status }) => status)).toEqual([303, 303, 303, 303])
    expect(new Set(all.map(({ headers }) => headers.get('location'))).size).toBe(1)
  })

  test('of a yes and a no at the same time one is taken', async () => {
    for (let round = 0; round < 5; round += 1) {
      const page = await ask()
      const both = await Promise.all(
        (['allow', 'deny'] as const).map((one) => decide(operator, page, one)),
      )
      expect(both.map(({ status }) => status).sort()).toEqual([303, 400])
    }
  })

  test(verifies(['A19', 'A31'], 'leads nowhere any more once its code is exchanged'), async () => {
    const { verifier, challenge } = newPkce()
    const page = await visitConsent(operator, authorizationUrl(origin, client, challenge))
    const location = (await decide(operator, page, 'allow')).headers.get('location') ?? ''
    const token = await postForm(`${origin}/token`, {
      grant_type: 'authorization_code',
      client_id: client.client_id,
      redirect_uri: redirectUri,
      code: new URL(location).searchParams.get('code') ?? '',
      code_verifier: verifier,
    })
    expect(token.status).toBe(200)
    for (const again of [
      await decide(operator, page, 'allow'),
      await operator.open(`${page.path}/answer`),
    ]) {
      expect([again.status, again.headers.get('location')]).toEqual([303, page.path])
    }
    const html = await (await operator.open(page.path)).text()
    expect(textOf(html)).toContain('The app is connected')
    expect(html).not.toContain(`${page.path}/answer`)
  })

  test('is nobody else’s to give again', async () => {
    const page = await ask()
    await decide(operator, page, 'allow')
    const stranger = newBrowser(origin)
    for (const path of [page.path, `${page.path}/answer`]) {
      const response = await stranger.open(path)
      const told = `${response.headers.get('location')} ${await response.text()}`
      expect(told).toContain('/sign-in?next=')
      expect(told).not.toContain('pac_')
    }
  })

  test.each([
    ['allow', 'You allowed this'],
    ['deny', 'You denied this'],
  ] as const)(
    'without script, %s for an app leads to a page that leads on',
    async (decision, said) => {
      const own = await register(origin, {
        redirect_uris: ['cursor://anysphere.cursor-mcp/oauth/callback'],
      })
      const page = await ask(own)
      expect(page.html).toMatch(/<noscript>\s*<input[^>]*name="script"[^>]*>\s*<\/noscript>/)
      const fields = form({ csrf: page.csrf, decision, script: 'none' })
      const response = await operator.open(page.action, fields)
      expect(response.headers.get('location')).toBe(`${page.path}?go=on`)
      const html = await (await operator.open(`${page.path}?go=on`)).text()
      expect(textOf(html)).toContain(said)
      expect(textOf(html)).toContain('the app that handles cursor:')
      expect(html).toContain(`content="0;url=${page.path}/answer"`)
      // whoever comes back by themselves is not sent away again
      expect(await (await operator.open(page.path)).text()).not.toContain('content="0;url=')
      const opened = (await operator.open(`${page.path}/answer`)).headers.get('location')
      expect(opened).toMatch(
        /^cursor:\/\/anysphere\.cursor-mcp\/oauth\/callback\?(code=pac_|error=access_denied)/,
      )
    },
  )

  test(verifies(['A22', 'A20'], 'to deny goes back as access_denied'), async () => {
    const url = authorizationUrl(origin, client, challenge, { state: 'denied-1' })
    const response = await decide(operator, await visitConsent(operator, url), 'deny')
    expect(response.status).toBe(303)
    const { searchParams } = new URL(response.headers.get('location') ?? '')
    expect(searchParams.get('error')).toBe('access_denied')
    expect(searchParams.get('state')).toBe('denied-1')
    expect(searchParams.get('iss')).toBe(origin)
  })

  test('about a request that does not exist is refused', async () => {
    const { csrf } = await ask()
    const action = '/consent/int_AAAAAAAAAAAAAAAAAAAAAA/decision'
    expect((await decide(operator, { action, csrf }, 'allow')).status).toBe(400)
    const page = await operator.open('/consent/int_AAAAAAAAAAAAAAAAAAAAAA')
    expect(page.status).toBeLessThan(500)
    expect(await page.text()).not.toContain('name="csrf"')
  })

  test(
    verifies(['A17'], 'is asked for each time, also by a client that was allowed before'),
    async () => {
      await approve(operator, authorizationUrl(origin, client, challenge))
      const response = await operator.open(authorizationUrl(origin, client, challenge))
      expect(response.headers.get('location')).toMatch(/^\/consent\/int_/)
    },
  )
})
