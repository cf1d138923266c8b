import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  accessibilityFaults,
  signInAs,
  type Visitor,
  visit,
} from '../support/browser/browser-pages'
import { sharedBrowser } from '../support/browser/browser-shared'
import { storedRows } from '../support/database/oauth-database'
import { personOf, storedPeople } from '../support/people/people'
import {
  type AlertChannels,
  expectedSignature,
  openAlertChannels,
} from '../support/receivers/alert-channels'
import { startPortico } from '../support/server/portico'
import { admin, type Portico } from '../support/server/portico-process'

let channels: AlertChannels
let portico: Portico
let browser: Browser
let visitor: Visitor

const env = () => ({ ...channels.env, PORTICO_PROXY_HOPS: '1' })

async function openAs({ email, password }: typeof admin): Promise<Visitor> {
  const someone = await visit(browser)
  await someone.page.goto(`${portico.origin}/sign-in`)
  await signInAs(someone.page, email, password)
  await someone.page.goto(`${portico.origin}/admin/alerts`)
  await someone.page.getByRole('heading', { level: 1, name: 'Alerts' }).waitFor()
  return someone
}

beforeAll(async () => {
  channels = await openAlertChannels()
  ;[portico, browser] = await Promise.all([
    startPortico({ env: env(), stored: await storedPeople('viewer') }),
    sharedBrowser(),
  ])
  visitor = await openAs(admin)
})
afterAll(() => channels.close())

const press = (channel: string) =>
  visitor.page.getByRole('button', { name: `Send a test by ${channel}` }).click()

const told = (text: string) =>
  visitor.page.locator('[data-sonner-toast]').filter({ hasText: text }).first().waitFor()

const rowsWith = (state: string) => visitor.page.getByRole('cell', { name: state, exact: true })

test('a test goes out by webhook at once, signed, and the page says what was answered', async () => {
  await press('Webhook')
  await told('The test went out: HTTP 200')
  const [posted, ...more] = channels.receiver.posted
  expect(more).toEqual([])
  expect(JSON.parse(posted?.body ?? '')).toMatchObject({ type: 'alert.test', handshake: null })
  expect(posted?.headers['webhook-signature']).toBe(
    posted && expectedSignature(posted, channels.key),
  )
  await rowsWith('Sent').waitFor()
  expect(await accessibilityFaults(visitor.page)).toEqual([])
})

test.each([
  [{ status: 500, body: 'no_service' }, 'HTTP 500: no_service'],
  [{ status: 403, body: '<html>no</html>' }, 'HTTP 403'],
  [
    { status: 307, headers: { location: 'http://127.0.0.1:1/' } },
    'HTTP 307: redirects are not followed',
  ],
])('a webhook that answers %j has failed', async (reply, outcome) => {
  const before = channels.receiver.posted.length
  channels.receiver.replies.push(reply)
  await press('Webhook')
  await told(`The test failed: ${outcome}`)
  expect(channels.receiver.posted).toHaveLength(before + 1)
})

test('a test goes out by e-mail', async () => {
  await press('E-mail')
  await told('The test went out: accepted for 2 recipients')
  const [letter] = channels.sink.letters
  expect(letter?.headers.get('subject')).toBe('Portico: a test alert')
  expect(letter?.text).toContain(`${portico.origin}/admin/alerts`)
})

test('a mail server that refuses and repeats the password is quoted without it', async () => {
  channels.sink.refuses = true
  await press('E-mail')
  await told('535 5.7.8 not with …')
  expect(channels.sink.passwords).toHaveLength(2)
  const html = await visitor.page.content()
  for (const secret of channels.secrets) expect(html).not.toContain(secret)
})

test('a webhook that is not there is told of, too', async () => {
  await channels.receiver.close()
  await press('Webhook')
  await told('ECONNREFUSED')
  expect(visitor.faults()).toEqual([])
})

test('viewers see it and test nothing; every test is in the audit trail', async () => {
  const { page } = await openAs(personOf('viewer'))
  await page.getByText('PORTICO_ALERT_WEBHOOK_URL').waitFor()
  expect(await page.getByRole('button', { name: /^Send a test/ }).count()).toBe(0)
  await portico.stop()
  const rows = await storedRows(portico)
  const trail = (rows.get('AuditEntry') ?? '').split('\n').map((line) => JSON.parse(line))
  const tests = trail.filter(({ action }) => action === 'alert.tested')
  expect(tests.map(({ detail }) => detail.name)).toEqual([
    ...Array(4).fill('webhook'),
    'email',
    'email',
    'webhook',
  ])
  expect(new Set(tests.map(({ userId }) => typeof userId))).toEqual(new Set(['string']))
})
