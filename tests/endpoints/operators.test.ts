import { beforeAll, describe, expect, test } from 'vitest'
import { type Operator, operatorOf, signIn } from '../support/people/operator'
import { textOf } from '../support/people/operator-consent'
import { untilLogged } from '../support/people/operator-log'
import { formWith } from '../support/people/page-form'
import { newPerson, people, personCalled } from '../support/people/people-admin'
import { sharedOrigin, startPortico } from '../support/server/portico'
import { admin as firstAdmin } from '../support/server/portico-process'

const origin = sharedOrigin()
let admin: Operator

beforeAll(async () => {
  admin = await operatorOf(origin)
})

/** Opens the form that gives a person another role. @returns what sends it */
async function roleForm(by: Operator, email: string, role: string) {
  const { id } = await personCalled(by, email)
  const path = `/admin/operators/${id}`
  const fields = formWith(await (await by.open(path)).text(), 'Save role')
  fields.set('role', role)
  return () => by.open(path, { method: 'POST', body: fields })
}

/** Gives a person another role by the form of their page. @returns what the page says then */
async function giveRole(by: Operator, email: string, role: string): Promise<string> {
  const send = await roleForm(by, email, role)
  return textOf(await (await send()).text())
}

describe('the list', () => {
  test('is narrowed, searched and sorted by its URL', async () => {
    await newPerson(admin, 'anna@operators.test', 'operator')
    await newPerson(admin, 'zoe@operators.test', 'viewer')
    const emails = async (query: Record<string, string>) =>
      (await people(admin, { q: 'operators.test', ...query })).map(({ email }) => email)
    expect(await emails({ sort: 'email' })).toEqual(['anna@operators.test', 'zoe@operators.test'])
    expect(await emails({})).toEqual(['zoe@operators.test', 'anna@operators.test'])
    expect(await emails({ role: 'viewer' })).toEqual(['zoe@operators.test'])
    expect(await emails({ state: 'disabled' })).toEqual([])
    expect(await emails({ role: 'nonsense', state: 'nonsense', sort: 'nonsense' })).toHaveLength(2)
    const row = await personCalled(admin, 'anna@operators.test')
    expect(row).toMatchObject({ role: 'operator', state: 'active', activeConnections: 0 })
    expect(row.lastSignedInAt).not.toBeNull()
  })

  test('shows a viewer the people and no way to change them', async () => {
    const viewer = await newPerson(admin, 'vera@operators.test', 'viewer')
    const { id } = await personCalled(viewer, firstAdmin.email)
    const page = await (await viewer.open(`/admin/operators/${id}`)).text()
    expect(page).toContain(firstAdmin.email)
    for (const button of ['Save role', 'Make password link', 'Disable account']) {
      expect(page).not.toContain(button)
    }
    expect(textOf(await (await viewer.open('/admin/operators')).text())).not.toContain('Invite')
  })

  test.each([
    ['unknown', 'unknown'],
    ['a zero byte', '%00'],
    ['a path', '..%2f..'],
    ['too long', 'x'.repeat(2000)],
  ])('has no person whose id is %s', async (_, id) => {
    const response = await admin.open(`/admin/operators/${id}`)
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(response.status).toBeLessThan(500)
  })
})

test('another role is felt with the next request, recorded and told', async () => {
  const email = 'rosa@operators.test'
  const rosa = await newPerson(admin, email, 'member')
  expect(textOf(await (await rosa.open('/admin')).text())).toContain(
    'The dashboard is for operators',
  )
  expect(await giveRole(admin, email, 'viewer')).toContain(`${email} is viewer now`)
  expect(textOf(await (await rosa.open('/admin')).text())).not.toContain('is for operators')
  await untilLogged(admin, { event: 'operator.role-changed' }, (rows) =>
    rows.some(({ detail }) => detail.email === email && detail.from === 'member'),
  )
})

test('the action of an admin refuses everybody else', async () => {
  const email = 'otto@operators.test'
  const otto = await newPerson(admin, email, 'admin')
  const promote = await roleForm(otto, email, 'admin')
  await giveRole(admin, email, 'operator')
  expect((await promote()).status).toBe(404)
  expect(await personCalled(admin, email)).toMatchObject({ role: 'operator' })
})

test('of two admins who demote each other at once, one stays', async () => {
  const portico = await startPortico({ env: { PORTICO_PROXY_HOPS: '1' } })
  const first = await signIn(portico.origin)
  const email = 'second@operators.test'
  expect(await giveRole(first, firstAdmin.email, 'viewer')).toContain('only admin who can sign in')
  const second = await newPerson(first, email, 'admin')
  for (let round = 0; round < 4; round += 1) {
    const demotions = [
      await roleForm(first, email, 'operator'),
      await roleForm(second, firstAdmin.email, 'operator'),
    ]
    await Promise.all(demotions.map((send) => send()))
    const admins = (await people(first)).filter(({ role }) => role === 'admin')
    expect(admins).toHaveLength(1)
    const [left, other] = admins[0]?.email === email ? [second, firstAdmin.email] : [first, email]
    await giveRole(left, other, 'admin')
  }
})
