import type { ServerResponse } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DocumentServer, documentClient, serveDocuments } from '../support/document-server'
import { authorizationUrl, newPkce, postForm } from '../support/oauth'
import { type Operator, signIn } from '../support/operator'
import { textOf } from '../support/operator-consent'
import { untilLogged } from '../support/operator-log'
import { startTrusting } from '../support/trusting-portico'
import { verifies } from '../support/verifies'

let documents: DocumentServer
let stranger: DocumentServer
let origin: string
let operator: Operator

beforeAll(async () => {
  documents = await serveDocuments()
  stranger = await serveDocuments()
  origin = (await startTrusting(documents)).origin
  operator = await signIn(origin)
})

afterAll(async () => {
  await documents.close()
  await stranger.close()
})

/** Sends a person to the server with a client id; nothing may be sent on. */
async function refusal(clientId: string): Promise<string> {
  const client = { client_id: clientId, redirect_uris: [`${documents.origin}/callback`] }
  const response = await operator.open(authorizationUrl(origin, client, newPkce().challenge))
  expect([response.status, response.headers.get('location')]).toEqual([400, null])
  expect(response.headers.get('content-type')).toContain('text/html')
  return textOf(await response.text())
}

const reasonLogged = async (clientId: string) => {
  const rows = await untilLogged(operator, { q: clientId }, (seen) =>
    seen.some(({ name }) => name === 'document.refused'),
  )
  return rows.find(({ name }) => name === 'document.refused')?.detail
}

type Writer = (response: ServerResponse, body: string) => void
const json = { 'content-type': 'application/json' }

const writers: [string, string, Writer][] = [
  ['moved', 'answered 302, not 200', (r) => r.writeHead(302, { location: '/usual' }).end()],
  [
    'moved-for-good',
    'answered 308, not 200',
    (r) => r.writeHead(308, { location: '/usual' }).end(),
  ],
  ['empty', 'answered 204, not 200', (r) => r.writeHead(204).end()],
  ['forbidden', 'answered 403, not 200', (r, body) => r.writeHead(403, json).end(body)],
  ['failing', 'answered 500, not 200', (r) => r.writeHead(500).end()],
  [
    'html',
    'is not application/json',
    (r, body) => r.writeHead(200, { 'content-type': 'text/html' }).end(body),
  ],
  ['untyped', 'is not application/json', (r, body) => r.writeHead(200).end(body)],
  ['no-json', 'is not JSON', (r) => r.writeHead(200, json).end('{')],
  ['large', 'is larger than', (r, body) => r.writeHead(200, json).end(body + ' '.repeat(16_384))],
  ['slow', 'took too long', (r) => void r.writeHead(200, json).write('{')],
  ['silent', 'took too long', () => undefined],
  ['broken-off', 'aborted', (r) => void r.writeHead(200, json).write('{', () => r.destroy())],
]

describe('a document is refused with a page', () => {
  test.each(writers)(verifies(['A55', 'A60'], '%s: it %s'), async (name, reason, write) => {
    const client = documentClient(documents, `/${name}`)
    const body = JSON.stringify(client)
    documents.serve(`/${name}`, (response) => write(response, body))
    const since = Date.now()
    expect(await refusal(client.client_id)).toContain(reason)
    expect(Date.now() - since).toBeLessThan(8000)
    const logged = await reasonLogged(client.client_id)
    expect(logged).toMatchObject({ served: 'nothing' })
    expect(String(logged?.reason)).toContain(reason)
    expect(documents.asked).not.toContain('/usual')
    // an error is not remembered (CIMD §5.2)
    documents.serve(`/${name}`, client)
    const again = await operator.open(authorizationUrl(origin, client, newPkce().challenge))
    expect(again.status).toBe(303)
  })

  test.each<[string, Record<string, unknown>, string]>([
    ['foreign', { client_id: 'https://app.example.com/client' }, 'is not its own URL'],
    ['nameless', { client_name: undefined }, 'missing required'],
    ['nowhere', { redirect_uris: [] }, 'redirect_uris'],
    ['secret', { client_secret: 's' }, 'has a client secret'],
    ['shared', { token_endpoint_auth_method: 'client_secret_post' }, 'needs a shared secret'],
    ['keyless', { token_endpoint_auth_method: 'private_key_jwt' }, 'needs'],
  ])(verifies(['A56', 'A57', 'A58'], '%s: %j'), async (name, members, reason) => {
    documentClient(documents, `/${name}`, members)
    const url = `${documents.origin}/${name}`
    expect(await refusal(url)).toContain(reason)
    expect(await reasonLogged(url)).toMatchObject({ served: 'nothing' })
  })

  test(verifies(['A55'], 'application/*+json is JSON too'), async () => {
    const client = documentClient(documents, '/structured')
    const type = { 'content-type': 'application/client-metadata+json; charset=utf-8' }
    documents.serve('/structured', (r) => void r.writeHead(200, type).end(JSON.stringify(client)))
    const url = authorizationUrl(origin, client, newPkce().challenge)
    expect((await operator.open(url)).status).toBe(303)
  })
})

describe('no request is made', () => {
  test.each<[string, (port: string) => string]>([
    ['this machine by name', (port) => `https://localhost:${port}/client`],
    ['this machine by address', (port) => `https://127.0.0.1:${port}/client`],
    ['this machine by IPv6', (port) => `https://[::1]:${port}/client`],
    ['this machine by a number', (port) => `https://2130706433:${port}/client`],
    ['this machine in IPv6', (port) => `https://[::ffff:127.0.0.1]:${port}/client`],
    ['the metadata service of a cloud', () => 'https://169.254.169.254/latest/meta-data'],
    ['a private network', () => 'https://10.0.0.1/client'],
  ])(verifies(['A59'], 'to %s'), async (_title, urlFor) => {
    const url = urlFor(new URL(stranger.origin).port)
    expect(await refusal(url)).toContain('not public')
    expect(stranger.asked).toEqual([])
  })

  test(verifies(['A54'], 'for an id that is no URL of a document'), async () => {
    const before = documents.asked.length
    for (const path of ['', '/', '/a/../b', '/a#b']) {
      expect(await refusal(`${documents.origin}${path}`)).toContain('client_id')
    }
    expect(documents.asked).toHaveLength(before)
  })

  test(
    verifies(['A30', 'A54'], 'by the token endpoint, where an unknown URL is unknown'),
    async () => {
      const client = documentClient(documents, '/never-seen')
      const { status, body } = await postForm(`${origin}/token`, {
        grant_type: 'authorization_code',
        code: 'pac_x',
        client_id: client.client_id,
      })
      expect([status, body.error]).toEqual([401, 'invalid_client'])
      expect(documents.asked).not.toContain('/never-seen')
    },
  )
})
