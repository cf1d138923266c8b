import type { Operator } from './operator'
import { formWith } from './page-form'
import { personCalled } from './people-admin'
import { actionNamed, runAction } from './server-action'

/** An admin's actions on others, through the dashboard's pages. */

/** Disables the account with this address. */
export async function disablePerson(admin: Operator, email: string): Promise<void> {
  const { id } = await personCalled(admin, email)
  const action = actionNamed('admin/operators/actions.ts', 'disable')
  const { status } = await runAction(admin, `/admin/operators/${id}`, action, [id])
  if (status !== 200) throw new Error(`${email} was not disabled: HTTP ${status}`)
}

/** Changes the role of the account with this address. */
export async function changeRole(admin: Operator, email: string, role: string): Promise<void> {
  const { id } = await personCalled(admin, email)
  const path = `/admin/operators/${id}`
  const fields = formWith(await (await admin.open(path)).text(), 'Save role')
  fields.set('role', role)
  const { status } = await admin.open(path, { method: 'POST', body: fields })
  if (status !== 200) throw new Error(`${email} kept their role: HTTP ${status}`)
}

/** Pauses a connection. */
export async function pauseConnection(admin: Operator, grantId: string): Promise<void> {
  const action = actionNamed('admin/connections/actions.ts', 'pause')
  const { text } = await runAction(admin, `/admin/connections/${grantId}`, action, [grantId])
  if (!text.includes('"ok":true')) throw new Error(`${grantId} was not paused: ${text}`)
}
