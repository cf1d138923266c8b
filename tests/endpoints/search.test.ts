import { describe, expect, test } from 'vitest'
import type { SearchHit } from '@/lib/admin/search'
import { connect } from '../support/oauth/oauth-tokens'
import { newBrowser, operatorOf } from '../support/people/operator'
import { download, untilLogged } from '../support/people/operator-log'
import { sharedOrigin } from '../support/server/portico'
import { admin } from '../support/server/portico-process'

const origin = sharedOrigin()
const operator = await operatorOf(origin)

const ask = (q: string) => operator.open(`/admin/search?${new URLSearchParams({ q })}`)

async function find(q: string): Promise<SearchHit[]> {
  const response = await ask(q)
  expect(response.status).toBe(200)
  return (await response.json()) as SearchHit[]
}

const kindsOf = (hits: readonly SearchHit[]) => new Set(hits.map(({ kind }) => kind))

type Listed = { readonly id: string; readonly kind: string; readonly grantId: string }

describe('the search of the palette', () => {
  test('finds a client, its connection, its tokens and its handshake', async () => {
    const { client } = await connect(origin)
    const text = await download(operator, 'tokens', { client: client.client_id })
    const tokens = text.split('\n').flatMap((line) => (line ? [JSON.parse(line) as Listed] : []))
    const [{ grantId } = { grantId: '' }] = tokens

    const byClient = await find(client.client_id)
    expect(byClient.map(({ kind, id }) => [kind, id])).toEqual([['client', client.client_id]])
    for (const token of tokens) {
      const hits = await find(token.id.slice(0, -3))
      expect(hits.map(({ id }) => id)).toContain(token.id)
      expect(hits[0]?.under).toContain(`${token.kind} token`)
    }
    const byGrant = await find(grantId)
    expect(byGrant.filter(({ kind }) => kind === 'connection').map(({ id }) => id)).toEqual([
      grantId,
    ])
    await untilLogged(operator, { grant: grantId }, (rows) => rows.some((row) => row.handshakeId))
    const handshake = (await find(grantId)).find(({ kind }) => kind === 'handshake')
    expect((await find(String(handshake?.id))).map(({ href }) => href)).toEqual([
      `/admin/handshakes/${handshake?.id}`,
    ])
  })

  test('finds people by a part of their email address, and where each hit leads there is a page', async () => {
    await connect(origin)
    const hits = await find(admin.email.slice(1, 8).toUpperCase())
    expect(kindsOf(hits)).toContain('person')
    expect(hits.find(({ kind }) => kind === 'person')?.label).toBe(admin.email)
    for (const { href } of hits) expect((await operator.open(href)).status).toBe(200)
  })

  test('answers with a few of each kind, and with nothing to next to nothing', async () => {
    for (let time = 0; time < 6; time += 1) await connect(origin)
    const hits = await find(admin.email)
    expect(hits.filter(({ kind }) => kind === 'connection')).toHaveLength(4)
    for (const text of ['', ' ', 'a', '\u0000']) expect(await find(text)).toEqual([])
    for (const text of ['%%%%%%%%', "' or 1=1 --", '\ud800\ud800', 'x'.repeat(5000)]) {
      expect((await ask(text)).status).toBe(200)
    }
  })

  test('is for those who may see it', async () => {
    const stranger = await newBrowser(origin).open('/admin/search?q=claude')
    expect(stranger.status).toBe(401)
    expect(await stranger.text()).not.toContain('href')
  })
})
