import type { ServerResponse } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type DocumentServer,
  documentClient,
  serveDocuments,
  trusting,
} from '../support/oauth/document-server'
import { authorizationUrl, newPkce, postForm } from '../support/oauth/oauth'
import { type Operator, signIn, someAddress } from '../support/people/operator'
import { textOf } from '../support/people/operator-consent'
import { reasonWordsOf, untilLogged } from '../support/people/operator-log'
import { startPortico } from '../support/server/portico'
import { verifies } from '../support/sources/verifies'

let documents: DocumentServer
let stranger: DocumentServer
let origin: string
let operator: Operator

beforeAll(async () => {
  documents = await serveDocuments()
  stranger = await serveDocuments()
  // behind a proxy, so that strangers have addresses of their own
  const env = { ...trusting(documents), PORTICO_PROXY_HOPS: '1' }
  origin = (await startPortico({ env })).origin
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

const refusalLogged = async (clientId: string) => {
  const rows = await untilLogged(operator, { q: clientId }, (seen) =>
    seen.some(({ name }) => name === 'document.refused'),
  )
  return rows.find(({ name }) => name === 'document.refused')
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
    const logged = await refusalLogged(client.client_id)
    expect(logged?.detail).toMatchObject({ served: 'nothing' })
    expect(reasonWordsOf(logged)).toContain(reason)
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
    expect((await refusalLogged(url))?.detail).toMatchObject({ served: 'nothing' })
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
  test.each<[string, string]>([
    ['this machine by name', 'localhost'],
    ['this machine by address', '127.0.0.1'],
    ['this machine by IPv6', '[::1]'],
    ['this machine by a number', '2130706433'],
    ['this machine in IPv6', '[::ffff:127.0.0.1]'],
    ['the metadata service of a cloud', '169.254.169.254'],
    ['a private network', '10.0.0.1'],
    ['an address of IPv6 that is nobody’s', '[4000::1]'],
  ])(verifies(['A59'], 'to %s'), async (_title, host) => {
    expect(await refusal(`https://${host}/client`)).toContain('not public')
    const { port } = new URL(stranger.origin)
    expect(await refusal(`https://${host}:${port}/client`)).toContain('a port that is not 443')
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

describe('what strangers ask for', () => {
  const strange = (clientId: string, address: string) => {
    const client = { client_id: clientId, redirect_uris: [`${documents.origin}/callback`] }
    return fetch(authorizationUrl(origin, client, newPkce().challenge), {
      headers: { 'x-forwarded-for': address },
      redirect: 'manual',
    })
  }
  const countOf = (path: string) => documents.asked.filter((one) => one === path).length

  test(verifies(['A60'], 'is not fetched again at once where it has failed'), async () => {
    documents.serve('/gone', (response) => void response.writeHead(404).end())
    const told = []
    for (let time = 0; time < 3; time += 1) {
      const response = await strange(`${documents.origin}/gone`, someAddress())
      expect([response.status, response.headers.get('location')]).toEqual([400, null])
      told.push(textOf(await response.text()).replace(/[0-9a-f-]{36}/g, ''))
    }
    expect(countOf('/gone')).toBe(1)
    // nor told why, which operators are
    expect(new Set(told).size).toBe(1)
    expect(told[0]).not.toMatch(/404|answered/)
    expect((await refusalLogged(`${documents.origin}/gone`))?.detail).toMatchObject({
      reason: { kind: 'document-away', failure: { kind: 'status', status: 404 } },
    })
    // while a person who is signed in has it read anew, and then everybody
    const mended = documentClient(documents, '/gone')
    const url = authorizationUrl(origin, mended, newPkce().challenge)
    expect((await operator.open(url)).status).toBe(303)
    expect((await strange(mended.client_id, someAddress())).status).toBe(303)
  })

  test(verifies(['A60'], 'by one address is bounded, whatever the paths are'), async () => {
    const address = someAddress()
    const answers: number[] = []
    for (let at = 0; at < 24; at += 1) {
      documentClient(documents, `/flood/${at}`)
      const response = await strange(`${documents.origin}/flood/${at}`, address)
      answers.push(response.status)
      if (response.status === 429)
        expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    }
    expect(answers.filter((status) => status === 303)).toHaveLength(20)
    expect(answers.slice(20)).toEqual([429, 429, 429, 429])
    expect(documents.asked.filter((path) => path.startsWith('/flood/'))).toHaveLength(20)
    // another address, a person, and a client that is known already go on
    expect((await strange(`${documents.origin}/flood/22`, someAddress())).status).toBe(303)
    const fresh = documentClient(documents, '/flood/person')
    const url = authorizationUrl(origin, fresh, newPkce().challenge)
    expect((await operator.open(url)).status).toBe(303)
    expect((await strange(`${documents.origin}/flood/3`, address)).status).toBe(303)
    const claude = 'https://claude.ai/oauth/mcp-oauth-client-metadata'
    const pinned = { client_id: claude, redirect_uris: ['https://claude.ai/api/mcp/auth_callback'] }
    const known = authorizationUrl(origin, pinned, newPkce().challenge)
    const answer = await fetch(known, {
      headers: { 'x-forwarded-for': address },
      redirect: 'manual',
    })
    expect(answer.status).toBe(303)
  })

  test(verifies(['A60'], 'is fetched once for all who ask at the same time'), async () => {
    const client = documentClient(documents, '/once')
    documents.serve('/once', (response) => {
      setTimeout(() => response.writeHead(200, json).end(JSON.stringify(client)), 2500)
    })
    const asked = Array.from({ length: 6 }, () => strange(client.client_id, someAddress()))
    const answers = await Promise.all(asked)
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(303))
    expect(countOf('/once')).toBe(1)
  })

  test(verifies(['A60'], 'is fetched a few at a time'), async () => {
    let open = 0
    let most = 0
    for (let at = 0; at < 8; at += 1) {
      const client = documentClient(documents, `/slowly/${at}`)
      documents.serve(`/slowly/${at}`, (response) => {
        open += 1
        most = Math.max(most, open)
        setTimeout(() => {
          open -= 1
          response.writeHead(200, json).end(JSON.stringify(client))
        }, 200)
      })
    }
    const asked = Array.from({ length: 8 }, (_, at) =>
      strange(`${documents.origin}/slowly/${at}`, someAddress()),
    )
    const answers = await Promise.all(asked)
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(303))
    expect(most).toBeLessThanOrEqual(4)
  })
})
