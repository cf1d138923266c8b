import 'server-only'
import { hashSecret, newId } from '@/lib/oauth/secret'
import { longestName, shownText } from '@/lib/oauth/shown-text'
import { commit, record } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import {
  choosePasswordByLink,
  type Invite,
  inviteOfToken,
  joinByInvite,
} from '@/lib/store/people/invites'
import type { Role } from '@/lib/vocabulary'
import { rememberDevice } from './device'
import { visitorExchange } from './exchange'
import { hashPassword, passwordProblem } from './passwords'
import { countGuess, inviteBudgets, waitFor } from './throttle'

/** What a link does, for its page. */
export type InviteView =
  | { readonly state: 'account'; readonly email: string; readonly role: Role }
  | { readonly state: 'password'; readonly email: string }
  | { readonly state: 'wrong' }
  | { readonly state: 'throttled'; readonly seconds: number }

type Opened = { readonly exchange: Exchange } & (
  | { readonly invite: Invite; readonly role: Role | null }
  | { readonly invite: null; readonly seconds: number }
)

/** Looks up a token, unless the address has sent too many invalid ones. */
async function open(token: string, method: 'GET' | 'POST'): Promise<Opened> {
  const exchange = await visitorExchange(method, '/invite')
  const budgets = inviteBudgets(exchange.address)
  const seconds = await waitFor(budgets)
  if (seconds > 0) {
    const reason = { kind: 'too-many-invitations' } as const
    record(exchange, 'request.throttled', 429, { reason, retryAfter: seconds })
    return { exchange, invite: null, seconds }
  }
  const invite = await inviteOfToken(hashSecret(token), new Date())
  if (invite) return { exchange, invite, role: invite.role }
  await countGuess(budgets)
  record(exchange, 'invite.refused', 404, { reason: { kind: 'invitation-gone' } })
  return { exchange, invite: null, seconds: 0 }
}

/** What the link with this token does. */
export async function readInvite(token: string): Promise<InviteView> {
  const opened = await open(token, 'GET')
  if (!opened.invite) {
    return opened.seconds > 0 ? { state: 'throttled', seconds: opened.seconds } : { state: 'wrong' }
  }
  const { email, role } = opened.invite
  return role ? { state: 'account', email, role } : { state: 'password', email }
}

/** What the form of a link sends. */
export type InviteInput = {
  readonly token: string
  readonly name: string
  readonly password: string
}

/** The result; problems by field. */
export type InviteResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly problems: Readonly<Record<string, string>> }

const refused = (token: string): InviteResult => ({ ok: false, problems: { token } })

const gone = 'This link no longer works: it was used, withdrawn or has expired.'

async function join(invite: Invite, role: Role, input: InviteInput, exchange: Exchange) {
  const id = newId('user_')
  exchange.ids.userId = id
  const { email } = invite
  const passwordHash = await hashPassword(input.password)
  const name = shownText(input.name, longestName) || null
  const person = { id, name, passwordHash, role }
  const done = await commit(exchange, (tell, actor) =>
    joinByInvite(invite, person, actor, exchange.startedAt, [
      tell('operator.joined', { email, role }),
    ]),
  )
  if (!done) return false
  await rememberDevice(id, exchange.startedAt)
  return true
}

async function choosePassword(invite: Invite, input: InviteInput, exchange: Exchange) {
  const { email, userId } = invite
  exchange.ids.userId = userId ?? undefined
  const passwordHash = await hashPassword(input.password)
  const at = exchange.startedAt
  const done = await commit(exchange, (tell, actor) =>
    choosePasswordByLink(invite, passwordHash, actor, at, [
      tell('operator.password-changed', { email }),
    ]),
  )
  if (!done) return false
  // the holder of the link is not a stranger
  if (userId) await rememberDevice(userId, at)
  return true
}

/** Creates the account of an invitation, or sets the password of the account that a link is for. */
export async function acceptInvite(input: InviteInput): Promise<InviteResult> {
  const opened = await open(input.token, 'POST')
  const { exchange } = opened
  if (!opened.invite) {
    return refused(
      opened.seconds > 0 ? `Too many attempts. Try again in ${opened.seconds} s.` : gone,
    )
  }
  const weak = passwordProblem(input.password)
  if (weak) return { ok: false, problems: { password: weak } }
  const { invite, role } = opened
  const done = role
    ? await join(invite, role, input, exchange)
    : await choosePassword(invite, input, exchange)
  return done ? { ok: true } : refused(gone)
}
