import { beforeAll, describe, expect, test } from 'vitest'
import { connectAs } from '../support/clients/claude'
import { hostedClaude } from '../support/clients/claude-clients'
import { newBrowser, operatorOf } from '../support/people/operator'
import { answer } from '../support/people/operator-consent'
import { startPortico } from '../support/server/portico'

/**
 * What every list of the dashboard does, asked of those that its navigation leads to: one that is added
 * is tested by this file as it is.
 */

const { origin } = await startPortico({ env: { PORTICO_PROXY_HOPS: '1' } })
const operator = await operatorOf(origin)

const textOf = async (path: string): Promise<string> => (await operator.open(path)).text()
const hrefsIn = (html: string): string[] =>
  [...html.matchAll(/ href="([^"]+)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'))

const [, navigation = ''] = (await textOf('/admin')).split('<nav aria-label="Sections"')
const sections = new Set(
  hrefsIn(navigation.split('</nav>')[0] ?? '').filter((href) => href.startsWith('/admin')),
)
const pages = new Map<string, string>()
for (const href of sections) pages.set(href, await textOf(href))
const lists = [...pages].filter(([href, html]) => html.includes(`href="${href}/export?`))

/** The links and the values of selects by which a list is narrowed and sorted. */
function choicesOf(path: string, html: string): string[] {
  const links = hrefsIn(html).filter((href) => href.startsWith(`${path}?`))
  const selects = [...html.matchAll(/<select[^>]* name="(\w+)"[^>]*>(.*?)<\/select>/gs)]
  const values = selects.flatMap(([, name = '', options = '']) =>
    [...options.matchAll(/<option value="([^"]+)"/g)]
      .slice(0, 4)
      .map(([, value = '']) => `${path}?${new URLSearchParams({ [name]: value })}`),
  )
  return [...links, ...values]
}

/** What has rows once somebody has connected. */
const connected = ['clients', 'connections', 'handshakes', 'log', 'operators', 'tokens']

beforeAll(async () => {
  const person = newBrowser(origin)
  await connectAs(hostedClaude, `${origin}/mcp`, (url) => answer(person, url, 'allow'))
})

test('the navigation leads to every section, and to every list', async () => {
  expect(sections.size).toBeGreaterThanOrEqual(15)
  const names = ['audit', 'clients', 'connections', 'handshakes', 'log', 'operators', 'sessions']
  const known = [...names, 'tokens'].map((name) => `/admin/${name}`)
  expect(lists.map(([path]) => path)).toEqual(expect.arrayContaining(known))
})

describe.each(lists)('%s', (path, html) => {
  test('takes every choice that it offers, and a cursor and a search of anybody', async () => {
    const choices = choicesOf(path, html)
    expect(choices.length).toBeGreaterThan(0)
    for (const href of [...choices, `${path}?cursor=none`, `${path}?q=no%20such%20row`]) {
      const response = await operator.open(href)
      expect([href, response.status]).toEqual([href, 200])
      expect(await response.text()).toContain('id="content"')
    }
  })

  test('is downloaded whole, in each of its formats', async () => {
    const name = path.slice('/admin/'.length)
    const downloads = hrefsIn(html).filter((href) => href.startsWith(`${path}/export?`))
    for (const href of downloads) {
      const format = new URL(href, origin).searchParams.get('format')
      const response = await operator.open(href)
      expect(response.status).toBe(200)
      expect(response.headers.get('content-disposition')).toContain(`portico-${name}.${format}`)
    }
    const rows = JSON.parse(await textOf(`${path}/export?format=json`)) as { id: unknown }[]
    // audit and sessions have none yet, and neither may a list that is new
    if (connected.includes(name)) expect(rows.length).toBeGreaterThan(0)
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
    const [head = ''] = (await textOf(`${path}/export?format=csv`)).split('\r\n')
    const columns = new Set(head.split(','))
    for (const row of rows) expect([...columns]).toEqual(expect.arrayContaining(Object.keys(row)))
  })

  test('shows nothing to somebody who has not signed in', async () => {
    const stranger = newBrowser(origin)
    expect((await stranger.open(`${path}/export?format=json`)).status).toBe(401)
    const response = await stranger.open(path)
    expect([302, 303, 307]).toContain(response.status)
    expect(response.headers.get('location')).toContain('/sign-in')
  })
})

test('a section that is no list has nothing to download', async () => {
  expect((await operator.open('/admin/settings/export')).status).toBe(404)
  expect((await operator.open('/admin/none/export')).status).toBe(404)
})
