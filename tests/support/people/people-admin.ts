import { expect } from 'vitest'
import type { OperatorRow } from '@/lib/admin/people/people'
import { newBrowser, type Operator, signIn } from './operator'
import { press } from './page-form'

/** A role an invitation can give. */
export type InvitedRole = OperatorRow['role']

export const password = 'four unrelated words here'

/** The one-time link on a page. */
export function linkIn(html: string): string {
  const link = /http[^\s"<]+\/invite\?token=[\w-]+/.exec(html)?.[0]
  if (!link) throw new Error('the page shows no link')
  return link
}

/** Invites someone in the dashboard's form. @returns the link */
export async function invite(admin: Operator, email: string, role: InvitedRole): Promise<string> {
  const values = { email, role }
  const page = await press(admin, '/admin/operators/invite', 'Make invitation link', values)
  return linkIn(await page.text())
}

/** Accepts an invitation in the form that its link opens. */
export const accept = (browser: Operator, link: string, name = ''): Promise<Response> =>
  press(browser, link, 'Create account', { name, password })

/** Invites someone who accepts and signs in. */
export async function newPerson(
  admin: Operator,
  email: string,
  role: InvitedRole,
): Promise<Operator> {
  const link = await invite(admin, email, role)
  const browser = newBrowser(admin.origin)
  expect((await accept(browser, link)).status).toBe(303)
  return signIn(admin.origin, { email, password })
}

/** The list of users, filtered. */
export async function people(
  operator: Operator,
  query: Readonly<Record<string, string>> = {},
): Promise<OperatorRow[]> {
  const search = new URLSearchParams({ ...query, format: 'json' })
  const response = await operator.open(`/admin/operators/export?${search}`)
  return (await response.json()) as OperatorRow[]
}

/** The user with this address. @throws {Error} if there is none */
export async function personCalled(operator: Operator, email: string): Promise<OperatorRow> {
  const found = (await people(operator, { q: email })).find((person) => person.email === email)
  if (!found) throw new Error(`no user ${email}`)
  return found
}
