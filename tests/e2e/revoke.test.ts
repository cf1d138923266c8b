import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.mjs'
import { signInAs, visit } from '../support/browser-pages'
import { connectAs } from '../support/claude'
import { hostedClaude } from '../support/claude-clients'
import { operatorOf } from '../support/operator'
import { approve } from '../support/operator-consent'
import { startPortico } from '../support/portico'
import { admin, type Portico } from '../support/portico-process'
import { verifies } from '../support/verifies'

let portico: Portico
let browser: Browser

beforeAll(async () => {
  const env = { PORTICO_PROXY_HOPS: '1' }
  ;[portico, browser] = await Promise.all([startPortico({ env }), launchBrowser()])
})
afterAll(() => browser?.close())

const callTool = (token: string) =>
  fetch(`${portico.origin}/mcp`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
      Accept: 'application/json, text/event-stream',
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'whoami', arguments: {} },
    }),
  })

test(
  verifies(['A66', 'R1'], 'after a revocation in the dashboard the next tool call is 401'),
  async () => {
    const operator = await operatorOf(portico.origin)
    const connected = await connectAs(hostedClaude, `${portico.origin}/mcp`, (url) =>
      approve(operator, url),
    )
    const token = connected.tokens.access_token
    expect((await callTool(token)).status).toBe(200)

    const { page, faults } = await visit(browser)
    await page.goto(`${portico.origin}/admin/connections`)
    await signInAs(page, admin.email, admin.password)
    await page.getByRole('button', { name: /^Actions for Claude/ }).click()
    await page.getByRole('menuitem', { name: /Revoke/ }).click()
    await page.getByRole('button', { name: 'Revoke connection' }).click()
    await page.getByRole('cell', { name: 'Revoked', exact: true }).waitFor()

    const refused = await callTool(token)
    expect(refused.status).toBe(401)
    expect(refused.headers.get('www-authenticate')).toContain('error="invalid_token"')
    expect(faults()).toEqual([])
  },
)
