import { beforeAll, expect, test, vi } from 'vitest'
import type { ClientRow } from '@/lib/admin/clients/clients'
import { authorizationUrl, newPkce } from '../support/oauth/oauth'
import { exported } from '../support/people/exported'
import { type Operator, signIn } from '../support/people/operator'
import { textOf } from '../support/people/operator-consent'
import { startPortico } from '../support/server/portico'
import type { Portico } from '../support/server/portico-process'
import { verifies } from '../support/sources/verifies'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 })

/** Clients of a release with wider rules, one of them made in the dashboard. */
const clients = [
  ['client_search', 'dynamic', 'search-ms:query=x'],
  ['client_ssh', 'registered', 'ssh://-oProxyCommand=calc/x'],
  ['client_app', 'dynamic', 'myapp://callback'],
] as const

const insert = clients.map(
  ([id, kind, uri]) => `
  insert into "Client" ("id", "kind", "name", "redirectUris", "authMethod", "grantTypes", "metadata")
    values ('${id}', '${kind}', 'Of old', array['${uri}', 'https://fine.example/cb'], 'none',
      '{authorization_code}', '{}')`,
)

let portico: Portico
let operator: Operator

beforeAll(async () => {
  portico = await startPortico({ stored: insert })
  operator = await signIn(portico.origin)
})

test.each(clients)(
  verifies(['A14', 'A12'], 'of %s (%s), nobody is sent to %s'),
  async (id, _kind, uri) => {
    const client = { client_id: id, redirect_uris: [uri] }
    for (const fields of [{}, { response_type: 'x' }]) {
      const url = authorizationUrl(portico.origin, client, newPkce().challenge, fields)
      for (const response of [await operator.open(url), await fetch(url, { redirect: 'manual' })]) {
        const html = await response.text()
        expect([response.status, response.headers.get('location')]).toEqual([400, null])
        expect(html).not.toMatch(/href=|http-equiv/i)
        expect(textOf(html)).toContain(`'redirect_uri' has the scheme '${new URL(uri).protocol}'`)
      }
    }
  },
)

test(verifies(['A13'], 'another address of the same client goes on working'), async () => {
  const client = { client_id: 'client_search', redirect_uris: ['https://fine.example/cb'] }
  const url = authorizationUrl(portico.origin, client, newPkce().challenge)
  expect((await operator.open(url)).headers.get('location')).toMatch(/^\/consent\/int_/)
})

test('the pages of clients say so', async () => {
  const page = textOf(await (await operator.open('/admin/clients/client?id=client_ssh')).text())
  expect(page).toContain('Refused: it has the scheme "ssh:". Nobody is sent there.')
  expect(page.match(/Refused: it/g)).toHaveLength(1)
  const list = textOf(await (await operator.open('/admin/clients')).text())
  expect(list).toContain('the app that handles search-ms:')
  expect(list).toContain('Refused')
  const rows = await exported<ClientRow>(operator, 'clients', {})
  const refused = Object.fromEntries(rows.map((row) => [row.id, row.refusedRedirects]))
  expect(refused).toMatchObject({
    client_search: [{ uri: 'search-ms:query=x', problem: 'has the scheme "search-ms:"' }],
  })
})
