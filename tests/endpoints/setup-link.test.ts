import { expect, test, vi } from 'vitest'
import { newBrowser, sessionCookie, signInWith } from '../support/people/operator'
import { textOf } from '../support/people/operator-consent'
import { startPortico } from '../support/server/portico'

// several processes are started, one after another
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const credentials = { email: 'first@portico.test', password: 'a long enough password' }
const noAdmin = { PORTICO_ADMIN_EMAIL: '', PORTICO_ADMIN_PASSWORD: '' }

const linksIn = (output: string): string[] => output.match(/http\S+\/setup\?token=\S+/g) ?? []

/** The fields of a page's form, as a browser without script would post them. */
function fieldsOf(html: string): FormData {
  const fields = new FormData()
  for (const [tag] of html.matchAll(/<input\b[^>]*>/g)) {
    const attribute = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? ''
    const value = attribute('value').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
    fields.set(attribute('name'), value)
  }
  return fields
}

test('the set-up link is one for each database, printed at each start until it is used', async () => {
  const unused = await startPortico({ env: noAdmin, isFirst: true })
  const links = linksIn(unused.output())
  expect(links).toHaveLength(1)
  await unused.stop()
  const port = Number(new URL(unused.origin).port)
  const first = await startPortico({ dataDir: unused.dataDir, env: noAdmin, port })
  const [link = '', ...more] = linksIn(first.output())
  expect([link, ...more]).toEqual(links)
  expect(link.startsWith(`${first.origin}/setup?token=`)).toBe(true)
  const browser = newBrowser(first.origin)
  const wrong = await (
    await browser.open(`${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`)
  ).text()
  expect(wrong).not.toContain('name="password"')

  const html = await (await browser.open(link)).text()
  const fields = fieldsOf(html)
  for (const [name, value] of Object.entries(credentials)) fields.set(name, value)
  const done = await browser.open(link, { method: 'POST', body: fields })
  expect(done.status).toBe(303)
  expect(done.headers.get('location')).toContain('/sign-in')
  expect((await signInWith(browser, credentials)).status).toBe(200)
  expect(sessionCookie(browser)).toBeTruthy()

  const again = await browser.open(link)
  expect(textOf(await again.text())).toContain('already set up')
  const thief = { email: 'thief@portico.test', password: 'another long password' }
  for (const [name, value] of Object.entries(thief)) fields.set(name, value)
  await browser.open(link, { method: 'POST', body: fields })
  const stranger = newBrowser(first.origin)
  await signInWith(stranger, thief)
  expect(sessionCookie(stranger)).toBeUndefined()

  await first.stop()
  const second = await startPortico({ dataDir: first.dataDir, env: noAdmin })
  expect(linksIn(second.output())).toEqual([])
})
