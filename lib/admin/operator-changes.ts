import 'server-only'
import { operatorExchange } from '@/lib/auth/exchange'
import type { Operator } from '@/lib/auth/operator'
import { requireOperator } from '@/lib/auth/session'
import { dropSecondStep } from '@/lib/auth/way-back'
import { commit } from '@/lib/events/recorder'
import { findPerson, type Person } from '@/lib/store/people'
import { setUserDisabled, setUserRole, type UserChange } from '@/lib/store/user-changes'
import { isRole } from '@/lib/store/users'

const path = '/admin/operators'

/** What became of a change to a person, and who it is. */
export type OperatorChange = {
  readonly outcome: UserChange
  readonly email: string
}

const gone: OperatorChange = { outcome: 'gone', email: '' }

async function disableOrEnable(
  operator: Operator,
  person: Person,
  disable: boolean,
): Promise<OperatorChange> {
  const { id, email } = person
  const exchange = await operatorExchange(operator, path)
  const name = disable ? 'user.disabled' : 'user.enabled'
  const actor = { userId: operator.id, address: exchange.address }
  const disabledAt = disable ? exchange.startedAt : null
  const outcome = await commit(exchange, (tell) =>
    setUserDisabled(id, disabledAt, actor, [tell(name, { email })]),
  )
  return { outcome, email }
}

/** Keeps a person out: signed out at once, and every token that was issued for them is refused. */
export async function disableOperator(id: string): Promise<OperatorChange> {
  const operator = await requireOperator('admin', path)
  const person = await findPerson(id)
  return person ? disableOrEnable(operator, person, true) : gone
}

/** Lets a disabled person in again. */
export async function enableOperator(id: string): Promise<OperatorChange> {
  const operator = await requireOperator('admin', path)
  const person = await findPerson(id)
  return person ? disableOrEnable(operator, person, false) : gone
}

/** Gives a person another role. @param role as the browser names it */
export async function changeOperatorRole(id: string, role: string): Promise<OperatorChange> {
  const operator = await requireOperator('admin', path)
  const person = await findPerson(id)
  if (!person || !isRole(role)) return gone
  const { email } = person
  const exchange = await operatorExchange(operator, path)
  const detail = { email, from: person.role, to: role }
  const actor = { userId: operator.id, address: exchange.address }
  const outcome = await commit(exchange, (tell) =>
    setUserRole(id, role, actor, [tell('operator.role-changed', detail)]),
  )
  return { outcome, email }
}

/**
 * Lets a person in without one-time codes from now on. One's own are switched off under Account, where
 * a proof is asked for: whoever finds a browser open must not be able to.
 */
export async function switchOffCodes(id: string): Promise<OperatorChange> {
  const operator = await requireOperator('admin', path)
  const person = await findPerson(id)
  if (!person || person.id === operator.id) return gone
  const exchange = await operatorExchange(operator, path)
  const actor = { userId: operator.id, address: exchange.address }
  const dropped = await dropSecondStep(person, actor, exchange)
  return { outcome: dropped ? 'changed' : 'same', email: person.email }
}
