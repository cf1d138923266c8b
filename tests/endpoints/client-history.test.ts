import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { ClientRow } from '@/lib/admin/clients/clients'
import { changeStored } from '../support/database/oauth-database'
import {
  type DocumentServer,
  documentClient,
  serveDocuments,
  trusting,
} from '../support/oauth/document-server'
import { makeClient } from '../support/oauth/made-client'
import {
  authorizationUrl,
  newPkce,
  type RegisteredClient,
  redirectUri,
  register,
} from '../support/oauth/oauth'
import { connect } from '../support/oauth/oauth-tokens'
import { exported } from '../support/people/exported'
import { type Operator, signIn } from '../support/people/operator'
import { textOf } from '../support/people/operator-consent'
import type { Portico } from '../support/server/portico-process'
import { startTrusting } from '../support/server/trusting-portico'

// a process is started again for each document that is to be read anew
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let documents: DocumentServer
let portico: Portico
let operator: Operator

beforeAll(async () => {
  documents = await serveDocuments()
  portico = await startTrusting(documents)
  operator = await signIn(portico.origin)
})
afterAll(() => documents.close())

const authorizeAs = (client: RegisteredClient) =>
  operator.open(authorizationUrl(portico.origin, client, newPkce().challenge))

const pageOf = async (id: string) => {
  const response = await operator.open(`/admin/clients/client?${new URLSearchParams({ id })}`)
  return { status: response.status, text: textOf(await response.text()) }
}

/** The statement of a migration that says what clients have in common. */
function backfill(): string {
  const folder = 'prisma/migrations'
  const name = readdirSync(folder).find((one) => one.endsWith('_connection_records'))
  const sql = readFileSync(`${folder}/${name}/migration.sql`, 'utf8')
  const statement = /UPDATE "Client" SET "kinHash"[^;]+/.exec(sql)?.[0]
  if (!statement) throw new Error('no migration sets "kinHash"')
  return statement
}

const stale = `update "Client" set "documentFreshUntil" = now() - interval '1 hour'`

test('what a metadata document changed is kept, and shown as a difference', async () => {
  const first = documentClient(documents, '/history.json', { client_name: 'Before' })
  await authorizeAs(first)
  const changed = documentClient(documents, '/history.json', {
    client_name: 'After',
    client_uri: `${documents.origin}/home`,
  })
  portico = await changeStored(portico, [stale], trusting(documents))
  await authorizeAs(changed)
  // read again, and nothing new in it
  portico = await changeStored(portico, [stale], trusting(documents))
  await authorizeAs(changed)

  const { status, text } = await pageOf(first.client_id)
  expect(status).toBe(200)
  const history = text.slice(text.indexOf('History of its metadata'), text.indexOf('Metadata as'))
  expect(history.match(/Its document changed|First seen/g)).toEqual([
    'Its document changed',
    'First seen',
  ])
  expect(history).toMatch(/client_name .*before: ?Before .*now: ?After/)
  expect(history).toMatch(/client_uri .*now: ?https:/)
  expect(history).not.toContain('redirect_uris')
  expect(text).toContain(`published by ${new URL(first.client_id).hostname}`)
})

test('the page of a client that an admin made does not show its secret', async () => {
  const client = await makeClient(operator, 'Made by hand', redirectUri, ['confidential'])
  const { text } = await pageOf(client.client_id)
  expect(text).toContain('Vouched for by an admin')
  expect(text).not.toContain(client.client_secret)
})

test('registrations of one app are one row, and each of them is found and exported', async () => {
  const metadata = {
    client_name: 'Registers anew',
    redirect_uris: ['http://localhost:1/a', 'http://localhost:1/b'],
  }
  const swapped = { ...metadata, redirect_uris: metadata.redirect_uris.toReversed() }
  const [one, two, three] = [
    await register(portico.origin, metadata),
    await register(portico.origin, swapped),
    await register(portico.origin, metadata),
  ]
  const other = await register(portico.origin, {
    ...metadata,
    redirect_uris: ['http://localhost:1/a'],
  })
  await connect(portico.origin, { client: two, operator })
  await connect(portico.origin, { client: three, operator })

  const html = await (await operator.open('/admin/clients?q=Registers+anew')).text()
  const rows = html.match(/data-slot="table-row"/g) ?? []
  expect(rows).toHaveLength(2)
  expect(textOf(html)).toContain('3 registrations of the same app')
  const [, kin] = /href="\/admin\/clients\?kin=([0-9a-f]{64})"/.exec(html) ?? []
  const all = await (await operator.open(`/admin/clients?kin=${kin}`)).text()
  for (const { client_id: id } of [one, two, three]) expect(all).toContain(id)
  expect(all).not.toContain(other.client_id)

  const exportedRows = await exported<ClientRow>(operator, 'clients', { q: 'Registers anew' })
  expect(exportedRows).toHaveLength(4)
  expect((await pageOf(one.client_id)).text).toContain('3 registrations')

  // the migration computes for those that were there before what a registration computes
  const statement = `${backfill()} and id = '${one.client_id}'`
  portico = await changeStored(
    portico,
    [`update "Client" set "kinHash" = null where id = '${one.client_id}'`, statement],
    trusting(documents),
  )
  expect((await pageOf(two.client_id)).text).toContain('3 registrations')
})

test('every client is on one page and no other, whatever its id', async () => {
  for (let index = 0; index < 55; index += 1) {
    const client = documentClient(documents, `/paged/${index}.json`)
    await authorizeAs(client)
  }
  const rows = await exported<ClientRow>(operator, 'clients', { q: '/paged/' })
  expect(new Set(rows.map(({ id }) => id)).size).toBe(55)
  expect(rows).toHaveLength(55)
})

test('a client that does not exist has no page', async () => {
  for (const id of ['', 'client_nobody', '\u0000', 'https://nobody.example/x.json']) {
    expect((await pageOf(id)).status).toBe(404)
  }
})
