import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  type DocumentServer,
  documentClient,
  serveDocuments,
  trusting,
} from '../support/oauth/document-server'
import { makeClient } from '../support/oauth/made-client'
import {
  authorizationUrl,
  type Fields,
  newPkce,
  type RegisteredClient,
  redirectUri,
  register,
} from '../support/oauth/oauth'
import { newBrowser, type Operator, operatorOf, signIn } from '../support/people/operator'
import { textOf } from '../support/people/operator-consent'
import { personOf, storedPeople } from '../support/people/people'
import { actionNamed, runAction } from '../support/people/server-action'
import { startPortico } from '../support/server/portico'

/** What a person before a refused request is advised to do is what helps against its cause. */

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

const { challenge } = newPkce()
const addAgain = 'Remove this server from the app and add it again'

let documents: DocumentServer
let origin: string
let stranger: Operator
let member: Operator
let admin: Operator

beforeAll(async () => {
  documents = await serveDocuments()
  const env = { ...trusting(documents), PORTICO_PROXY_HOPS: '1' }
  const portico = await startPortico({ env, stored: await storedPeople('member') })
  origin = portico.origin
  stranger = newBrowser(origin)
  member = await signIn(origin, personOf('member'))
  admin = await operatorOf(origin)
})

afterAll(() => documents.close())

/** What the page says before its facts. */
async function said(browser: Operator, client: RegisteredClient, fields: Fields = {}) {
  const response = await browser.open(authorizationUrl(origin, client, challenge, fields))
  const html = await response.text()
  expect([response.status, response.headers.get('location')]).toEqual([400, null])
  return { page: textOf(html.replace(/<dl>.*<\/dl>/s, '')), facts: textOf(html) }
}

describe('a client that is known to nobody, or in another way', () => {
  test('is to register anew where it was removed', async () => {
    const { page } = await said(stranger, {
      client_id: 'client_gone',
      redirect_uris: [redirectUri],
    })
    expect(page).toContain('not known to this server')
    expect(page).toContain(addAgain)
  })

  test('is not added again where it was disabled', async () => {
    const client = await register(origin)
    const path = `/admin/clients/client?id=${client.client_id}`
    const disable = actionNamed('admin/clients/actions.ts', 'disable')
    await runAction(admin, path, disable, [client.client_id])
    const { page } = await said(stranger, client)
    expect(page).toContain('was disabled on this server')
    expect(page).toContain('Ask the operator of this server to enable it')
    expect(page).not.toContain(addAgain)
    expect(page).not.toContain('not known')
  })

  test('that names itself by no address of a document is a matter for its makers', async () => {
    const client = { client_id: 'https://client.example/', redirect_uris: [redirectUri] }
    const { page } = await said(stranger, client)
    expect(page).toContain('Only the developers of the app can fix that')
    expect(page).not.toContain(addAgain)
  })
})

describe('an answer that is to go elsewhere', () => {
  const elsewhere = { redirect_uri: 'https://client.example/elsewhere' }

  test('helps to register anew where the app registered by itself', async () => {
    const { page } = await said(stranger, await register(origin), elsewhere)
    expect(page).toContain('at a different address than it registered')
    expect(page).toContain(addAgain)
  })

  test('is for the admin to enter where the app was made by one', async () => {
    const client = await makeClient(admin, 'Made by hand', redirectUri, ['authorization_code'])
    const { page } = await said(stranger, client, elsewhere)
    expect(page).toContain('not entered for it on this server')
    expect(page).not.toContain(addAgain)
  })

  test('is for the makers to publish where a document names it', async () => {
    const client = documentClient(documents, '/elsewhere.json')
    const { page } = await said(stranger, client, elsewhere)
    expect(page).toContain('the description it publishes does not name')
    expect(page).not.toContain(addAgain)
  })
})

describe('a metadata document that cannot be used', () => {
  const away = { client_id: '', redirect_uris: [redirectUri] }
  const invalid = { client_id: '', redirect_uris: [redirectUri] }

  beforeAll(() => {
    away.client_id = `${documents.origin}/turned-away.json`
    documents.serve('/turned-away.json', (response) => void response.writeHead(403).end())
    const other = { client_id: 'https://other.example/c', client_name: 'Other' }
    invalid.client_id = documentClient(documents, '/invalid.json', other).client_id
    invalid.client_id = `${documents.origin}/invalid.json`
  })

  test('never leads to adding the server again', async () => {
    for (const browser of [stranger, member, admin]) {
      for (const client of [away, invalid]) {
        const { page } = await said(browser, client)
        expect(page).not.toContain(addAgain)
        expect(page).not.toContain('not known to this server')
      }
    }
  })

  test('is one thing to strangers, whatever the cause', async () => {
    const [one, other] = [await said(stranger, away), await said(stranger, invalid)]
    expect(one.page).toBe(other.page)
    expect(one.page).toContain('cannot use that document')
    for (const { facts } of [one, other]) expect(facts).not.toMatch(/403|its own URL/)
  })

  test('is told apart to who is signed in, without the inside of the network', async () => {
    const [one, other] = [await said(member, away), await said(member, invalid)]
    expect(one.page).toContain('could not fetch that document')
    expect(other.page).toContain('document is invalid')
    expect(other.page).toContain('Only the developers of the app can fix that')
    for (const { facts } of [one, other]) expect(facts).not.toMatch(/403|its own URL/)
  })

  test('has its cause said to who may read the log', async () => {
    expect((await said(admin, away)).page).toMatch(
      /could not fetch that document.*The cause: .*403/,
    )
    expect((await said(admin, invalid)).page).toMatch(
      /document is invalid.*The cause: .*its own URL/,
    )
  })
})
