import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { connect } from '../support/oauth/oauth-tokens'
import { operatorOf } from '../support/people/operator'
import { readLog, untilLogged } from '../support/people/operator-log'
import { openLiveLog } from '../support/people/operator-stream'
import { sharedOrigin } from '../support/server/portico'
import { admin } from '../support/server/portico-process'

const origin = sharedOrigin()
const operator = await operatorOf(origin)
const document = '/.well-known/oauth-protected-resource'

const knock = (path: string, mark: string) =>
  fetch(`${origin}${path}`, { headers: { 'user-agent': mark } })

const page = async (query: Readonly<Record<string, string>>): Promise<string> =>
  (await operator.open(`/admin/log?${new URLSearchParams(query)}`)).text()

describe('the filters of the log', () => {
  const mark = `filters-${randomUUID()}`

  beforeAll(async () => {
    await knock(document, mark)
    await knock(`/nowhere/${mark}`, mark)
  })

  test('a path lets through what begins with it', async () => {
    const rows = await readLog(operator, { path: `/nowhere/${mark}` })
    expect(rows.map(({ name }) => name)).toEqual(['path.missed'])
    expect(await readLog(operator, { path: `nowhere/${mark}` })).toEqual([])
    const documents = await readLog(operator, { path: document, q: mark })
    expect(documents.map(({ name }) => name)).toEqual(['resource-metadata.served'])
  })

  test('outcome, event and text narrow together', async () => {
    const refused = await readLog(operator, { q: mark, outcome: 'refused' })
    expect(refused.map(({ path }) => path)).toEqual([`/nowhere/${mark}`])
    expect(await readLog(operator, { q: mark, outcome: 'failed' })).toEqual([])
    const named = await readLog(operator, { q: mark, event: 'resource-metadata.served' })
    expect(named.map(({ path }) => path)).toEqual([document])
    const begun = await readLog(operator, { q: mark, event: 'resource-' })
    expect(begun.map(({ id }) => id)).toEqual(named.map(({ id }) => id))
  })

  test('a first request without a token is no refusal, one with a wrong token is', async () => {
    const own = `challenged-${randomUUID()}`
    const ask = (headers: Readonly<Record<string, string>>) =>
      fetch(`${origin}/mcp`, { method: 'POST', headers: { 'user-agent': own, ...headers } })
    expect((await ask({})).status).toBe(401)
    expect((await ask({ authorization: 'Bearer none-of-ours' })).status).toBe(401)
    const all = await untilLogged(operator, { q: own }, (rows) => rows.length === 2)
    const outcomes = all.map(({ status, outcome }) => [status, outcome])
    expect(outcomes.toSorted()).toEqual([
      [401, 'ok'],
      [401, 'refused'],
    ])
    const refused = await readLog(operator, { q: own, outcome: 'refused' })
    expect(refused.map(({ detail }) => detail.error)).toEqual(['invalid_token'])
  })

  test('a client, a connection and a person by email address', async () => {
    const { client } = await connect(origin)
    const rows = await readLog(operator, { client: client.client_id })
    expect(rows.map(({ name }) => name)).toContain('token.issued')
    expect(new Set(rows.map(({ clientId }) => clientId))).toEqual(new Set([client.client_id]))
    const byEmail = await readLog(operator, { user: admin.email, client: client.client_id })
    expect(byEmail.map(({ name }) => name)).toContain('consent.granted')
    expect(new Set(byEmail.map(({ userId }) => userId)).size).toBe(1)
    expect(await readLog(operator, { user: 'nobody@example.test' })).toEqual([])
  })

  test('an address by how it begins', async () => {
    const [row] = await readLog(operator, { q: mark })
    const address = String(row?.address)
    expect(await readLog(operator, { q: mark, address: address.slice(0, 4) })).toHaveLength(2)
    expect(await readLog(operator, { q: mark, address: 'zz' })).toEqual([])
  })

  test('they hold for the page and for the stream as well', async () => {
    const shown = await page({ path: `/nowhere/${mark}` })
    expect(shown.match(/data-log-row/g)).toHaveLength(1)
    expect(shown).toContain('Remove the filter Path')
    const live = await openLiveLog(operator, { path: `/live/${mark}` })
    await knock(document, mark)
    await knock(`/live/${mark}`, mark)
    await live.until((rows) => rows.length > 0)
    expect(live.rows.map(({ row }) => row.path)).toEqual([`/live/${mark}`])
    await live.close()
  })

  test('nonsense is an answer too', async () => {
    const nonsense: Record<string, string>[] = [
      { path: '\u0000%_\\' },
      { user: '@' },
      { cursor: '9'.repeat(40) },
    ]
    for (const query of nonsense) {
      expect((await operator.open(`/admin/log?${new URLSearchParams(query)}`)).status).toBe(200)
    }
  })
})
