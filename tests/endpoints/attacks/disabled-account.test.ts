import { beforeAll, describe, expect, test, vi } from 'vitest'
import { changeStored } from '../../support/database/oauth-database'
import { postMcp, toolCall } from '../../support/mcp/mcp-message'
import { guess, guesses, knownAs } from '../../support/oauth/guesses'
import { connect, refresh } from '../../support/oauth/oauth-tokens'
import { newBrowser, type Operator, signIn } from '../../support/people/operator'
import { textOf } from '../../support/people/operator-consent'
import { press } from '../../support/people/page-form'
import { linkIn, newPerson, password, personCalled } from '../../support/people/people-admin'
import { actionNamed, runAction } from '../../support/people/server-action'
import { startPortico } from '../../support/server/portico'
import { verifies } from '../../support/sources/verifies'

// a process is started twice
vi.setConfig({ testTimeout: 240_000 })

const env = { PORTICO_PROXY_HOPS: '1' }
let portico = await startPortico({ env })
const { origin } = portico
let admin: Operator

beforeAll(async () => {
  admin = await signIn(origin)
})

/** Does to an account what an admin does on its page. */
async function change(what: 'disable' | 'enable', email: string): Promise<void> {
  const { id } = await personCalled(admin, email)
  const action = actionNamed('admin/operators/actions.ts', what)
  const { text } = await runAction(admin, `/admin/operators/${id}`, action, [id])
  expect(text).toContain('"ok":true')
}

const isIn = async (browser: Operator): Promise<boolean> =>
  (await browser.open('/account')).status === 200

describe('an account that was disabled and is enabled again', () => {
  test(verifies(['P3'], 'is not opened by a cookie of before'), async () => {
    const email = 'cookie@disabled.test'
    const browser = await newPerson(admin, email, 'operator')
    const other = await signIn(origin, { email, password })
    expect([await isIn(browser), await isIn(other)]).toEqual([true, true])
    await change('disable', email)
    expect([await isIn(browser), await isIn(other)]).toEqual([false, false])
    await change('enable', email)
    expect([await isIn(browser), await isIn(other)]).toEqual([false, false])
    expect((await browser.open('/admin/log/export')).status).toBe(401)
    // whoever knows the password comes in as ever
    expect(await guess(newBrowser(origin), email, password)).toBe('in')
    const trail = textOf(await (await admin.open('/admin/audit')).text())
    expect(trail).toContain(`disabled the account of ${email}`)
  })

  test(verifies(['P3'], 'is given no password by a link of before'), async () => {
    const email = 'link@disabled.test'
    await newPerson(admin, email, 'member')
    const { id } = await personCalled(admin, email)
    const made = await press(admin, `/admin/operators/${id}`, 'Make password link')
    const link = linkIn(await made.text())
    await change('disable', email)
    await change('enable', email)
    const page = await (await newBrowser(origin).open(link)).text()
    expect(page).not.toContain('name="password"')
  })

  test(verifies(['P3', 'P1'], 'knows no browser of before'), async () => {
    const email = 'known@disabled.test'
    const before = knownAs(await newPerson(admin, email, 'member'))
    await guesses(origin, 11, () => email)
    expect(await guess(before, email)).toBe('CredentialsSignin')
    await change('disable', email)
    await change('enable', email)
    expect(await guess(before, email, password)).toBe('throttled')
  })

  test(
    verifies(['P3'], 'has the connections that it had, which were refused meanwhile'),
    async () => {
      const email = 'connected@disabled.test'
      const browser = await newPerson(admin, email, 'member')
      const connection = await connect(origin, { operator: browser })
      const { access_token: access, refresh_token: token } = connection.tokens
      const call = async () => (await postMcp(`${origin}/mcp`, access, toolCall('whoami'))).status
      expect(await call()).toBe(200)
      await change('disable', email)
      expect(await call()).toBe(401)
      expect((await refresh(origin, connection, token)).status).toBe(400)
      await change('enable', email)
      expect(await call()).toBe(200)
      expect((await refresh(origin, connection, token)).status).toBe(200)
    },
  )
})

test(verifies(['P3'], 'a provider that is not set any more keeps nobody in'), async () => {
  const browsers = [await signIn(origin), await signIn(origin), await signIn(origin)]
  const methods = ['GitHub', 'GitHub and one-time code', 'password and recovery code']
  const changes = methods.map(
    (method, at) => `
      update "OperatorSession" set method = '${method}' where id = (
        select id from "OperatorSession" order by "createdAt" desc offset ${2 - at} limit 1)`,
  )
  portico = await changeStored(portico, changes, env)
  const isStillIn = await Promise.all(browsers.map(isIn))
  expect(isStillIn).toEqual([false, false, true])
})
