import 'server-only'
import { type ActionResult, done, refused } from '@/lib/admin/outcome'
import { command } from '@/lib/auth/declared'
import { commitBy, personExchange } from '@/lib/auth/exchange'
import { disableSecondStep } from '@/lib/auth/way-back'
import { before, form, sentText } from '@/lib/http/sent'
import { setUserDisabled, setUserRole, type UserChange } from '@/lib/store/people/changes'
import { findPerson } from '@/lib/store/people/list'
import { isRole } from '@/lib/vocabulary'

const path = '/admin/operators'

/** The message for a change to a person. */
function outcomeOf(outcome: UserChange, email: string, what: string): ActionResult {
  if (outcome === 'changed') return done(`${email} ${what}`)
  if (outcome === 'same') return done(`Nothing to change for ${email}`)
  if (outcome === 'gone') return refused('This account no longer exists')
  return refused(`${email} is the only admin who can sign in: make someone else an admin first`)
}

const gone = outcomeOf('gone', '', '')

/** Disables or enables a person. */
const setDisabled = (isDisabled: boolean, words: string) =>
  command({ role: 'admin', path, takes: [sentText] }, async (operator, id) => {
    const person = await findPerson(id)
    if (!person) return gone
    const { email } = person
    const name = isDisabled ? 'user.disabled' : 'user.enabled'
    const outcome = await commitBy(operator, {}, (describe, actor, at) =>
      setUserDisabled(id, isDisabled ? at : null, actor, [describe(name, { email })]),
    )
    return outcomeOf(outcome, email, words)
  })

/** Disables a person: signs them out at once and refuses all their tokens. */
export const disableOperator = setDisabled(true, 'is signed out, and their connections are refused')

/** Enables a disabled person again. */
export const enableOperator = setDisabled(false, 'may sign in again')

/** The state of the role form after submitting. */
export type RoleState = { readonly outcome: ActionResult | null }

/** Gives a person another role. */
export const changeOperatorRole = command(
  { role: 'admin', path, takes: [before, form] },
  async (operator, _, fields): Promise<RoleState> => {
    const [id, role] = [fields.text('id'), fields.text('role')]
    if (!isRole(role)) return { outcome: refused('Choose a role.') }
    const person = await findPerson(id)
    if (!person) return { outcome: gone }
    const { email } = person
    const detail = { email, from: person.role, to: role }
    const outcome = await commitBy(operator, {}, (describe, actor) =>
      setUserRole(id, role, actor, [describe('operator.role-changed', detail)]),
    )
    return { outcome: outcomeOf(outcome, email, `is ${role} now`) }
  },
)

/**
 * Turns off another person's one-time codes. People turn off their own under Account, which requires a
 * proof: an unattended browser must not be enough.
 */
export const switchOffCodes = command(
  { role: 'admin', path, takes: [sentText] },
  async (operator, id) => {
    const person = await findPerson(id)
    if (!person || person.id === operator.id) return gone
    const exchange = await personExchange(operator)
    const isDisabled = await disableSecondStep(person, exchange)
    const words = 'signs in without a one-time code from now on'
    return outcomeOf(isDisabled ? 'changed' : 'same', person.email, words)
  },
)
