import { beforeAll, describe, expect, test } from 'vitest'
import {
  newBrowser,
  type Operator,
  operatorOf,
  sessionCookie,
  signInWith,
} from '../support/people/operator'
import { textOf } from '../support/people/operator-consent'
import { untilLogged } from '../support/people/operator-log'
import { formWith, press } from '../support/people/page-form'
import {
  accept,
  invite,
  linkIn,
  newPerson,
  password,
  people,
  personCalled,
} from '../support/people/people-admin'
import { sharedOrigin } from '../support/server/portico'

const origin = sharedOrigin()
let admin: Operator

beforeAll(async () => {
  admin = await operatorOf(origin)
})

const signsIn = async (email: string, secret: string): Promise<boolean> => {
  const browser = newBrowser(origin)
  await signInWith(browser, { email, password: secret })
  return sessionCookie(browser) !== undefined
}

const opens = async (link: string): Promise<boolean> => {
  const page = await (await newBrowser(origin).open(link)).text()
  return page.includes('name="password"')
}

describe('an invitation', () => {
  test('makes an account of its role, once', async () => {
    const email = 'grace@invites.test'
    const link = await invite(admin, ' Grace@Invites.test ', 'operator')
    const page = textOf(await (await newBrowser(origin).open(link)).text())
    expect(page).toContain(email)
    expect(page).toContain('An operator sees everything')

    const done = await accept(newBrowser(origin), link, 'Grace')
    expect([done.status, done.headers.get('location')]).toEqual([
      303,
      '/sign-in?notice=set-up&switch=1',
    ])
    expect(await signsIn(email, password)).toBe(true)
    expect(await personCalled(admin, email)).toMatchObject({ name: 'Grace', role: 'operator' })
    expect(await opens(link)).toBe(false)
    await untilLogged(admin, { event: 'operator.' }, (rows) =>
      ['operator.invited', 'operator.joined'].every((name) =>
        rows.some((row) => row.name === name && row.detail.email === email),
      ),
    )
  })

  test('makes one account for all who use it at once', async () => {
    const email = 'twice@invites.test'
    const link = await invite(admin, email, 'viewer')
    const fields = formWith(await (await newBrowser(origin).open(link)).text(), 'Create account')
    fields.set('password', password)
    const answers = await Promise.all(
      Array.from({ length: 4 }, () =>
        newBrowser(origin).open(link, { method: 'POST', body: fields }),
      ),
    )
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
    expect(await people(admin, { q: email })).toHaveLength(1)
  })

  test('that is followed by another one for the same address has ended', async () => {
    const email = 'again@invites.test'
    const first = await invite(admin, email, 'admin')
    const second = await invite(admin, email, 'member')
    expect([await opens(first), await opens(second)]).toEqual([false, true])
  })

  test('is refused to an address that has an account, and to what is no address', async () => {
    for (const [email, why] of [
      ['admin@portico.test', 'already has an account'],
      ['nobody', 'Enter an e-mail address'],
      ['a\u0000@b.test', 'Enter an e-mail address'],
    ] as const) {
      const values = { email, role: 'viewer' }
      const page = await press(admin, '/admin/operators/invite', 'Make invitation link', values)
      expect(page.status).toBe(200)
      expect(textOf(await page.text())).toContain(why)
    }
  })

  test('keeps to the rules of passwords, and survives a mistake', async () => {
    const link = await invite(admin, 'short@invites.test', 'viewer')
    const refused = await press(newBrowser(origin), link, 'Create account', { password: 'short' })
    expect(textOf(await refused.text())).toContain('at least 12 characters')
    expect((await accept(newBrowser(origin), link)).status).toBe(303)
  })

  test('is listed to admins alone while it is open', async () => {
    const email = 'listed@invites.test'
    const list = async (operator: Operator) =>
      textOf(await (await operator.open('/admin/operators')).text())
    const link = await invite(admin, email, 'viewer')
    expect(await list(admin)).toContain(email)
    const token = new URL(link).searchParams.get('token') ?? 'no token'
    expect(await (await admin.open('/admin/operators')).text()).not.toContain(token)

    const viewer = await newPerson(admin, 'looks@invites.test', 'viewer')
    expect(await list(viewer)).not.toContain(email)
    expect((await viewer.open('/admin/operators/invite')).status).toBe(404)
    await accept(newBrowser(origin), link)
    expect(await list(admin)).not.toContain(`Withdraw the link for ${email}`)
  })
})

test('a password link changes the password, once, and the old one ends with it', async () => {
  const email = 'forgot@invites.test'
  await newPerson(admin, email, 'viewer')
  const { id } = await personCalled(admin, email)
  const link = linkIn(
    await (await press(admin, `/admin/operators/${id}`, 'Make password link')).text(),
  )
  expect(await signsIn(email, password)).toBe(true)

  const next = 'four other words than those'
  const done = await press(newBrowser(origin), link, 'Set new password', { password: next })
  expect(done.status).toBe(303)
  expect([await signsIn(email, password), await signsIn(email, next)]).toEqual([false, true])
  expect(await opens(link)).toBe(false)
  expect(await personCalled(admin, email)).toMatchObject({ id, role: 'viewer' })
})

test('who tries many links has to wait, even with a right one', async () => {
  const link = await invite(admin, 'guessed@invites.test', 'admin')
  const thief = newBrowser(origin, '203.0.113.77')
  for (let guess = 0; guess < 30; guess += 1) {
    const page = await thief.open(`/invite?token=pin_${guess}`)
    expect(page.status).toBe(200)
    await page.text()
  }
  expect(textOf(await (await thief.open(link)).text())).toContain('Too many links were tried')
  expect(await opens(link)).toBe(true)
})
