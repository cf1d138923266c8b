import { expect, test, vi } from 'vitest'
import { signInAs, visit } from '../support/browser/browser-pages'
import { sharedBrowser } from '../support/browser/browser-shared'
import { sharedOrigin } from '../support/server/portico'
import { admin } from '../support/server/portico-process'

vi.setConfig({ testTimeout: 120_000 })

test('every choice of a list is wide enough to be read on a phone', async () => {
  const { page } = await visit(await sharedBrowser())
  await page.setViewportSize({ width: 390, height: 800 })
  await page.goto(`${sharedOrigin()}/sign-in`)
  await signInAs(page, admin.email, admin.password)
  for (const list of ['operators', 'clients', 'tokens', 'connections', 'sessions', 'audit']) {
    await page.goto(`${sharedOrigin()}/admin/${list}`)
    const choices = page.locator('main select')
    await choices.first().waitFor()
    for (const choice of await choices.all()) {
      expect((await choice.boundingBox())?.width ?? 0, list).toBeGreaterThan(100)
    }
  }
})
