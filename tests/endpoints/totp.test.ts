import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Secret, TOTP } from 'otpauth'
import type { Browser, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import {
  accessibilityFaults,
  looksFaults,
  picture,
  signInAs,
  visit,
} from '../support/browser/browser-pages'
import { sharedBrowser } from '../support/browser/browser-shared'
import { changeStored } from '../support/database/oauth-database'
import { newBrowser, sessionCookie, signIn, signInWith } from '../support/people/operator'
import { press } from '../support/people/page-form'
import { linkIn, newPerson, password, personCalled } from '../support/people/people-admin'
import { runCommand } from '../support/server/cli'
import { startPortico } from '../support/server/portico'
import { admin } from '../support/server/portico-process'

const env = { PORTICO_PROXY_HOPS: '1' }
let portico = await startPortico({ env })
const { origin, output, dataDir } = portico

let browser: Browser
let page: Page
let secret = ''
let codes: string[] = []

/** The code of the present step, or of one so many steps later. */
const codeIn = (steps: number) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({
    timestamp: Date.now() + steps * 30_000,
  })

/** Signs in over HTTP. @returns `in`, or the error that the form is told */
async function attempt(code: string, password = admin.password): Promise<string> {
  const stranger = newBrowser(origin)
  const response = await signInWith(stranger, { email: admin.email, password, ...{ code } })
  if (sessionCookie(stranger)) return 'in'
  const { url } = (await response.json()) as { url: string }
  return new URL(url).searchParams.get('error') ?? ''
}

const shownCodes = async () => {
  const list = page.getByRole('list', { name: 'Recovery codes' })
  await list.waitFor()
  const shown = await list.getByRole('listitem').allInnerTexts()
  await page.getByRole('button', { name: 'I saved these codes' }).click()
  return shown
}

beforeAll(async () => {
  browser = await sharedBrowser()
  page = (await visit(browser)).page
  await page.goto(`${origin}/sign-in?next=/account`)
  await signInAs(page, admin.email, admin.password)
})

/** What has the focus once no dialog is open. */
async function focused(): Promise<string | null> {
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  return page.locator(':focus').textContent()
}

/** Asks for a key, with a password. */
async function showKey(typed: string): Promise<void> {
  await page.getByLabel('Your password').fill(typed)
  await page.getByRole('button', { name: 'Show the key' }).click()
}

test('an authenticator app is set up with a key and confirmed with a code', async () => {
  await page.getByRole('button', { name: /^Set up one-time codes/ }).click()
  // who found a browser signed in could lock its owner out
  await showKey('not my password')
  await page.getByText('not your current password').waitFor()
  await showKey(admin.password)
  await page.getByRole('img', { name: /QR code/ }).waitFor()
  await page.keyboard.press('Escape')
  expect(await focused()).toMatch(/^Set up one-time codes/)
  await page.keyboard.press('Enter')
  await showKey(admin.password)
  const dialog = page.getByRole('dialog', { name: 'Set up one-time codes' })
  await dialog.getByRole('img', { name: /QR code/ }).waitFor()
  secret = (await dialog.locator('code').textContent()) ?? ''
  expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  expect(await accessibilityFaults(page)).toEqual([])
  // a key that was not confirmed asks nobody for a code
  expect(await attempt('')).toBe('in')

  const field = dialog.getByLabel('Code that the app shows')
  await field.fill('000000')
  await dialog.getByRole('button', { name: 'Turn on' }).click()
  await dialog.getByText('This code is not right').waitFor()
  await field.fill(codeIn(0))
  await dialog.getByRole('button', { name: 'Turn on' }).click()
  codes = await shownCodes()
  expect(new Set(codes).size).toBe(10)
  await page.getByText('You have 10 recovery codes left').waitFor()
  expect(await focused()).toMatch(/^New recovery codes/)
})

test('from then on a code is asked for, and none is accepted twice', async () => {
  expect(await attempt('')).toBe('code-needed')
  expect(await attempt('123456')).toBe('code-wrong')
  const next = codeIn(1)
  const answers = await Promise.all([attempt(next), attempt(next), attempt(next)])
  expect(answers.sort()).toEqual(['code-wrong', 'code-wrong', 'in'])
  // the code of an earlier step was not used, and is too old now all the same
  expect(await attempt(codeIn(0))).toBe('code-wrong')
  await expect.poll(output).toContain('wrong one-time code')
})

test('a recovery code lets in once, however it is typed', async () => {
  const [first = '', second = ''] = codes
  const answers = await Promise.all([attempt(first), attempt(first), attempt(first)])
  expect(answers.sort()).toEqual(['code-wrong', 'code-wrong', 'in'])
  expect(await attempt(second.replace('-', ' ').toUpperCase())).toBe('in')
  expect(await attempt(second)).toBe('code-wrong')
})

test('the sign-in page asks for the code as a second step', async () => {
  const { page: phone, faults } = await visit(browser, { width: 390, dark: true })
  await phone.goto(`${origin}/sign-in?next=/account`)
  await phone.getByLabel('Email').fill(admin.email)
  await phone.getByLabel('Password').fill(admin.password)
  await phone.getByRole('button', { name: 'Sign in' }).click()
  const field = phone.getByLabel('One-time code')
  await field.fill('nonsense')
  await phone.getByRole('button', { name: 'Sign in' }).click()
  await phone.getByText('This code is wrong or was already used').waitFor()
  expect(await accessibilityFaults(phone)).toEqual([])
  await field.fill(codes[2] ?? '')
  await phone.getByRole('button', { name: 'Sign in' }).click()
  await phone.waitForURL(`${origin}/account`)
  await phone.getByText('with password and recovery code').first().waitFor()
  // the browser itself reports the 401 of a step that is not the last
  expect(faults().filter((fault) => !fault.includes('401'))).toEqual([])
})

test('new recovery codes end the old ones; both ask for the password', async () => {
  await page.getByRole('button', { name: /^New recovery codes/ }).click()
  const proof = page.getByLabel('Your password or a one-time code')
  await proof.fill('not my password')
  await page.getByRole('button', { name: 'Make new codes' }).click()
  await page.getByText('neither your password nor a code').waitFor()
  await proof.fill(admin.password)
  await page.getByRole('button', { name: 'Make new codes' }).click()
  const old = codes[3] ?? ''
  codes = await shownCodes()
  expect(await attempt(old)).toBe('code-wrong')
  expect(await attempt(codes[3] ?? '')).toBe('in')
})

test('neither the key nor a recovery code is stored or printed in the clear', () => {
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'))
  for (const text of [output(), ...files]) {
    expect(text.includes(secret)).toBe(false)
    for (const code of codes) expect(text.includes(code)).toBe(false)
  }
})

test('switched off, the password is enough again', async () => {
  await page.getByRole('button', { name: /^Turn off/ }).click()
  await page.getByLabel('Your password or a one-time code').fill(admin.password)
  await page.getByRole('button', { name: 'Turn off', exact: true }).click()
  await page.getByRole('button', { name: /^Set up one-time codes/ }).waitFor()
  expect(await attempt('')).toBe('in')
})

/** Sets codes up as quickly as can be. */
async function enrol(): Promise<void> {
  await page.getByRole('button', { name: /^Set up one-time codes/ }).click()
  await showKey(admin.password)
  const dialog = page.getByRole('dialog', { name: 'Set up one-time codes' })
  secret = (await dialog.locator('code').textContent()) ?? ''
  await dialog.getByLabel('Code that the app shows').fill(codeIn(0))
  await dialog.getByRole('button', { name: 'Turn on' }).click()
  codes = await shownCodes()
}

test('another admin lets in who has lost the app and the recovery codes', async () => {
  const other = await newPerson(await signIn(origin), 'other@portico.test', 'admin')
  const { id } = await personCalled(other, admin.email)
  await enrol()
  expect(await attempt('')).toBe('code-needed')

  // one's own ask for a proof
  const path = `/admin/operators/${id}`
  await page.goto(`${origin}${path}`)
  await page.getByRole('link', { name: 'Open Account' }).waitFor()
  expect(await page.getByRole('button', { name: /^Turn off/ }).count()).toBe(0)

  const { page: theirs, faults } = await visit(browser)
  await theirs.goto(`${origin}/sign-in?next=${path}`)
  await signInAs(theirs, 'other@portico.test', password)
  const trigger = theirs.getByRole('button', { name: /^Turn off/ })
  await trigger.waitFor()
  expect(await looksFaults(theirs, 'operator-codes')).toEqual([])
  await trigger.click()
  expect(await accessibilityFaults(theirs)).toEqual([])
  await picture(theirs, 'operator-codes-asked')
  await theirs.getByRole('button', { name: 'Turn off', exact: true }).click()
  await theirs.getByText(`${admin.email} signs in without a one-time code from now on`).waitFor()
  await theirs.getByText('They sign in without a code').waitFor()
  expect(await attempt('')).toBe('in')
  expect(await (await other.open('/admin/audit')).text()).toContain(
    `switched one-time codes off for ${admin.email}`,
  )
  expect(faults()).toEqual([])
  await page.goto(`${origin}/account`)
})

test('guesses at the code are throttled, also when the password is right', async () => {
  await enrol()
  const answers: string[] = []
  for (let guess = 0; guess < 11; guess += 1) answers.push(await attempt('000001'))
  expect(answers.slice(0, 10)).toEqual(Array(10).fill('code-wrong'))
  expect(answers[10]).toMatch(/^throttled:\d+$/)
  // not even the right one is looked at
  expect(await attempt(codeIn(1))).toMatch(/^throttled:\d+$/)
})

test('on the machine itself there is a way back in', async () => {
  await portico.stop()
  expect(await runCommand(portico, 'operators', 'list')).toMatch(
    new RegExp(`^${admin.email}  admin  enabled  last signed in 20`),
  )
  const opened = await runCommand(portico, 'operators', 'password-link', admin.email)
  const typed = ` ${admin.email.toUpperCase()}`
  expect(await runCommand(portico, 'operators', 'codes-off', typed)).toMatch(
    new RegExp(`^${admin.email} signs in without a one-time code from now on$`, 'm'),
  )
  const unknown = runCommand(portico, 'operators', 'codes-off', 'nobody@portico.test')
  await expect(unknown).rejects.toThrow('has the address nobody@portico.test')
  // a quarter of an hour goes by
  portico = await changeStored(portico, ['delete from "RateLimiterFlexible"'], env)
  const next = 'four other words than those'
  const link = linkIn(opened)
  expect(
    (await press(newBrowser(origin), link, 'Set new password', { password: next })).status,
  ).toBe(303)
  expect([await attempt(''), await attempt('', next)]).toEqual(['CredentialsSignin', 'in'])
})
