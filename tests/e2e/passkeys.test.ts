import type { Browser, CDPSession, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import {
  accessibilityFaults,
  signInAs,
  type Visitor,
  visit,
} from '../support/browser/browser-pages'
import { sharedBrowser } from '../support/browser/browser-shared'
import { form, newBrowser, sessionCookie } from '../support/people/operator'
import { startPortico } from '../support/server/portico'
import { admin, type Portico } from '../support/server/portico-process'

let portico: Portico
let browser: Browser
let visitor: Visitor
let page: Page
let devtools: CDPSession
let authenticatorId: string

/** What the sign-in page posted last, to post it again. */
let posted = ''

beforeAll(async () => {
  ;[portico, browser] = await Promise.all([startPortico(), sharedBrowser()])
  visitor = await visit(browser)
  page = visitor.page
  page.on('request', (request) => {
    if (request.url().includes('/callback/passkey')) posted = request.postData() ?? ''
  })
  devtools = await visitor.context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  } as const
  ;({ authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', { options }))
  await page.goto(`${portico.origin}/sign-in?next=/account`)
  await signInAs(page, admin.email, admin.password)
})

const passkeys = () => page.getByRole('region', { name: 'Passkeys' })
const signOut = async () => {
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.waitForURL((url) => url.pathname === '/sign-in')
}
const withPasskey = () => page.getByRole('button', { name: 'Continue with a passkey' }).click()
const isVerified = (isUserVerified: boolean) =>
  devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })

test('a passkey is added and named', async () => {
  await page.getByRole('button', { name: 'Add a passkey…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a passkey' })
  await dialog.getByLabel('Name').fill('Work laptop')
  const proof = dialog.getByLabel('Your password')
  await proof.fill('not my password')
  await dialog.getByRole('button', { name: 'Make passkey' }).click()
  await dialog.getByText('not your current password').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  expect(await devtools.send('WebAuthn.getCredentials', { authenticatorId })).toEqual({
    credentials: [],
  })
  await proof.fill(admin.password)
  await dialog.getByRole('button', { name: 'Make passkey' }).click()
  await passkeys().getByText('Work laptop').waitFor()
  await passkeys().getByText('Never used').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  expect(visitor.faults()).toEqual([])
})

test('it signs in, also to a consent that waits, and says when it was used', async () => {
  await signOut()
  await page.goto(`${portico.origin}/sign-in?next=${encodeURIComponent('/account?from=consent')}`)
  expect(await accessibilityFaults(page)).toEqual([])
  await withPasskey()
  await page.waitForURL(`${portico.origin}/account?from=consent`)
  await passkeys().getByText('Last used just now').waitFor()
  await page.getByText('with passkey').first().waitFor()
  await expect.poll(portico.output).toContain('operator.signed-in')
})

test('the same answer sent again lets nobody in: its challenge is used up', async () => {
  const thief = newBrowser(portico.origin)
  const { csrfToken } = (await (await thief.open('/api/auth/csrf')).json()) as { csrfToken: string }
  const fields = Object.fromEntries(new URLSearchParams(posted))
  expect(fields.answer).toContain('clientDataJSON')
  const again = { ...fields, csrfToken }
  const response = await thief.open('/api/auth/callback/passkey', form(again))
  expect(response.status).toBe(401)
  expect(sessionCookie(thief)).toBeUndefined()
})

test.each([
  '',
  'null',
  '[]',
  '{"id":"x"}',
  '{"id":"x","response":{"userHandle":5}}',
  `{"id":"${'x'.repeat(5000)}","response":{}}`,
])('an answer that is none is refused: %.20s', async (answer) => {
  const stranger = newBrowser(portico.origin)
  const { csrfToken } = (await (await stranger.open('/api/auth/csrf')).json()) as {
    csrfToken: string
  }
  const fields = { csrfToken, answer, json: 'true' }
  const response = await stranger.open('/api/auth/callback/passkey', form(fields))
  expect(response.status).toBe(401)
})

test('without PIN or fingerprint it lets nobody in', async () => {
  await signOut()
  await isVerified(false)
  await withPasskey()
  await page.getByText(/No passkey was used|is not registered here/).waitFor()
  await isVerified(true)
  await withPasskey()
  await page.waitForURL((url) => url.pathname !== '/sign-in')
  await page.goto(`${portico.origin}/account`)
})

test('it is renamed, then removed, and lets nobody in any more', async () => {
  await passkeys().getByRole('button', { name: 'Rename Work laptop' }).click()
  const dialog = page.getByRole('dialog', { name: 'Rename this passkey' })
  await dialog.getByLabel('Name').fill('Old laptop')
  await dialog.getByRole('button', { name: 'Save name' }).click()
  await passkeys().getByText('Old laptop').waitFor()

  await passkeys().getByRole('button', { name: 'Remove Old laptop' }).click()
  const asked = page.getByRole('dialog', { name: 'Remove “Old laptop”?' })
  await asked.getByLabel('Your password').fill('not my password')
  await asked.getByRole('button', { name: 'Remove passkey' }).click()
  await asked.getByText('not your current password').waitFor()
  await page.locator('[aria-labelledby="passkeys"]').getByText('Old laptop').waitFor()
  await asked.getByLabel('Your password').fill(admin.password)
  await asked.getByRole('button', { name: 'Remove passkey' }).click()
  await passkeys().getByText('nothing to type and nothing to steal').waitFor()
  await signOut()
  await withPasskey()
  await page.getByText('This passkey is not registered here').waitFor()
  await expect.poll(portico.output).toContain('unknown passkey')
})
