import { beforeAll, describe, expect, test } from 'vitest'
import type { AuditRow } from '@/lib/admin/audit/audit'
import { newBrowser, type Operator, operatorOf } from '../support/people/operator'
import { textOf } from '../support/people/operator-consent'
import { press } from '../support/people/page-form'
import { invite, newPerson, personCalled } from '../support/people/people-admin'
import { sharedOrigin } from '../support/server/portico'

const origin = sharedOrigin()
const email = 'ada@audit.test'
let admin: Operator
let ada: string

beforeAll(async () => {
  admin = await operatorOf(origin)
  await newPerson(admin, email, 'viewer')
  ada = (await personCalled(admin, email)).id
  await press(admin, `/admin/operators/${ada}`, 'Save role', { role: 'operator' })
})

/** The trail as it is filtered, newest first. */
async function trail(query: Readonly<Record<string, string>>): Promise<AuditRow[]> {
  const search = new URLSearchParams({ ...query, format: 'ndjson' })
  const text = await (await admin.open(`/admin/audit/export?${search}`)).text()
  return text.split('\n').flatMap((line) => (line ? [JSON.parse(line) as AuditRow] : []))
}

const actions = async (query: Readonly<Record<string, string>>): Promise<string[]> =>
  (await trail(query)).map(({ action }) => action)

test('a change says who, what, from where, and what was before', async () => {
  const [entry] = await trail({ action: 'user.role-changed', subject: ada })
  expect(entry).toMatchObject({
    userEmail: 'admin@portico.test',
    subject: ada,
    subjectName: email,
    before: { role: 'viewer' },
    after: { role: 'operator' },
  })
  expect(entry?.address).toBe(admin.address)
  const page = textOf(await (await admin.open(`/admin/audit?subject=${ada}`)).text())
  expect(page).toContain(`admin@portico.test changed the role of ${email} from viewer to operator`)
  expect(page).toContain('accepted an invitation as viewer')
})

describe('the trail', () => {
  test('is narrowed by action, person, subject, text and time', async () => {
    const now = new Date(Date.now() + 60_000).toISOString()
    expect(await actions({ subject: ada })).toEqual(['user.role-changed', 'operator.joined'])
    expect(await actions({ subject: ada, action: 'operator.joined' })).toEqual(['operator.joined'])
    expect(await actions({ subject: ada, user: ada })).toEqual(['operator.joined'])
    expect(await actions({ q: 'ADA@audit.test' })).toEqual([
      'user.role-changed',
      'operator.joined',
      'operator.invited',
    ])
    expect(await actions({ subject: ada, from: now })).toEqual([])
    expect(await actions({ subject: ada, to: now })).toHaveLength(2)
    expect(await actions({ subject: 'nothing' })).toEqual([])
  })

  test('is paged by a cursor, each entry once', async () => {
    for (let count = 0; count < 52; count += 1) await invite(admin, `${count}@paged.test`, 'member')
    const all = await trail({ q: 'paged.test' })
    expect(new Set(all.map(({ id }) => id)).size).toBe(52)
    expect(all.map(({ subjectName }) => subjectName)[0]).toBe('51@paged.test')
    const shown: string[] = []
    let href: string | undefined = '/admin/audit?q=paged.test'
    while (href) {
      const html = await (await admin.open(href)).text()
      shown.push(textOf(html))
      const next = /href="([^"]+)"[^>]*rel="next"|rel="next"[^>]*href="([^"]+)"/.exec(html)
      href = (next?.[1] ?? next?.[2])?.replaceAll('&amp;', '&')
    }
    expect(shown.length).toBe(3)
    expect(shown[0]).toContain('invited 51@paged.test as member')
    const rest = shown.at(-1)
    expect(rest).toContain('invited 0@paged.test as member')
    expect(rest).not.toContain('invited 51@paged.test')
  })

  test('holds no token of a link', async () => {
    const link = await invite(admin, 'secret@audit.test', 'viewer')
    const token = new URL(link).searchParams.get('token') ?? ''
    expect(token).toMatch(/^pin_/)
    expect(JSON.stringify(await trail({ q: 'secret@audit.test' }))).not.toContain(token.slice(4))
  })

  test.each([
    'cursor=x~y',
    'cursor=99999999999999999999',
    'from=nonsense&to=%00',
    'from=-999999-01-01',
    'action=nonsense',
    'q=%00&user=%00&subject=%00',
  ])('survives %s', async (query) => {
    expect((await admin.open(`/admin/audit?${query}`)).status).toBe(200)
  })

  test('is for operators: a viewer and a stranger see nothing of it', async () => {
    const viewer = await newPerson(admin, 'vic@audit.test', 'viewer')
    expect((await viewer.open('/admin/audit')).status).toBe(404)
    expect((await viewer.open('/admin/audit/export')).status).toBe(401)
    expect((await newBrowser(origin).open('/admin/audit')).status).toBe(307)
    expect((await newBrowser(origin).open('/admin/audit/export')).status).toBe(401)
  })
})
