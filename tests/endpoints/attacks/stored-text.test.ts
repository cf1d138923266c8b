import { describe, expect, test } from 'vitest'
import { newBrowser, type Operator, operatorOf, signInWith } from '../../support/people/operator'
import { actionNamed, runAction } from '../../support/people/server-action'
import { startPortico } from '../../support/server/portico'
import { admin } from '../../support/server/portico-process'

/** What PostgreSQL takes in no text: NUL, and half a surrogate pair. */
const odd = ['\0', 'a\0b', '\ud800', 'x\udfff', `${'a'.repeat(300)}\0`]

// its exports are looked at, and hold nothing of other tests
const { origin } = await startPortico()
const operator = await operatorOf(origin)
const raw = /prisma|invocation|byte sequence|surrogate|22021|hex escape|node_modules/i

const lists = [
  ...['log', 'clients', 'connections', 'tokens', 'sessions', 'operators', 'audit', 'handshakes'],
]
const fields = [
  ...['q', 'cursor', 'client', 'grant', 'user', 'kin', 'address', 'path', 'event', 'outcome'],
  ...['role', 'action', 'subject', 'from', 'to', 'sort', 'state', 'surface', 'verdict', 'stage'],
]

async function expectNoFault(response: Response): Promise<string> {
  const text = await response.text()
  expect(response.status).toBeLessThan(500)
  expect(`${response.headers.get('location')} ${text}`).not.toMatch(raw)
  return text
}

describe.each(odd)('%j', (text) => {
  test('in the sign-in form', async () => {
    for (const field of ['email', 'password', 'code', 'callbackUrl']) {
      const browser = newBrowser(origin)
      const response = await signInWith(browser, { ...admin, [field]: text })
      await expectNoFault(response)
      expect([200, 401]).toContain(response.status)
    }
  })

  test('in an answer of a passkey', async () => {
    const browser = newBrowser(origin)
    const { csrfToken } = (await (await browser.open('/api/auth/csrf')).json()) as {
      csrfToken: string
    }
    for (const answer of [text, JSON.stringify({ id: text, response: { userHandle: text } })]) {
      const body = new URLSearchParams({ csrfToken, answer, json: 'true' })
      const init = { method: 'POST', body }
      await expectNoFault(await browser.open('/api/auth/callback/passkey', init))
    }
  })

  test('in the filters of a list', async () => {
    const value = encodeURIComponent(text.toWellFormed())
    for (const list of lists) {
      const all = fields.map((field) => `${field}=${value}`).join('&')
      for (const path of [`/admin/${list}?${all}`, `/admin/${list}/export?q=${value}`]) {
        const response = await operator.open(path)
        await expectNoFault(response)
        expect([path, response.status < 400]).toEqual([path, true])
      }
    }
  })

  test('in an id of a path, and in what is searched', async () => {
    const part = encodeURIComponent(text.toWellFormed())
    for (const path of [
      ...['connections', 'operators', 'tokens', 'handshakes', 'handshakes/of'].map(
        (list) => `/admin/${list}/${part}`,
      ),
      `/admin/handshakes/${part}/export`,
      `/admin/clients/client?id=${part}`,
      `/admin/search?q=${part}`,
      `/connections/${part}`,
      `/connections/${part}/revoke`,
      `/shared/${part}`,
      `/consent/${part}`,
      `/invite?token=${part}`,
      `/setup?token=${part}`,
      `/sign-in?next=${part}&error=${part}`,
    ]) {
      await expectNoFault(await operator.open(path))
    }
  })

  test('in what a page sends', async () => {
    const call = (browser: Operator, path: string, name: string, args: readonly unknown[]) =>
      runAction(browser, path, actionNamed(`${path.slice(1)}/actions.ts`, name), args)
    for (const [path, name, args] of [
      ['/admin/connections', 'rename', [text, text]],
      ['/admin/connections', 'revoke', [text]],
      ['/admin/connections', 'changeAll', [[text], 'revoke']],
      ['/admin/operators', 'disable', [text]],
      ['/admin/tokens', 'revoke', [text]],
      ['/account', 'endSession', [text]],
    ] as const) {
      const answer = await call(operator, path, name, args)
      expect([name, answer.status]).toEqual([name, 200])
      expect(answer.text).not.toMatch(raw)
    }
  })
})

test('NUL in each filter by itself', async () => {
  for (const list of lists) {
    for (const field of fields) {
      const path = `/admin/${list}/export?${field}=a%00b`
      const response = await operator.open(path)
      await expectNoFault(response)
      expect([path, response.status]).toEqual([path, 200])
    }
  }
})
