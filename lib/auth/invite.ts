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
import type { Problems } from './setup'
import { countGuess, inviteBudgets, waitFor } from './throttle'

/** What was opened; `wait`: seconds, if the address has sent too many invalid tokens. */
type Opened = {
  readonly exchange: Exchange
  readonly invite: Invite | null
  readonly wait: number
}

/** Looks up a token, unless the address has sent too many invalid ones. */
async function open(token: string, method: 'GET' | 'POST'): Promise<Opened> {
  const exchange = await visitorExchange(method, '/invite')
  const budgets = inviteBudgets(exchange.address)
  const wait = await waitFor(budgets)
  if (wait > 0) {
    const reason = { kind: 'too-many-invitations' } as const
    record(exchange, 'request.throttled', 429, { reason, retryAfter: wait })
    return { exchange, invite: null, wait }
  }
  const invite = await inviteOfToken(hashSecret(token), new Date())
  if (!invite) {
    await countGuess(budgets)
    record(exchange, 'invite.refused', 404, { reason: { kind: 'invitation-gone' } })
  }
  return { exchange, invite, wait }
}

/** Who the link with this token is for, and the role of the account it creates, or how long to wait. */
export async function readInvite(
  token: string,
): Promise<Pick<Invite, 'email' | 'role'> | { readonly wait: number }> {
  const { invite, wait } = await open(token, 'GET')
  return invite ? { email: invite.email, role: invite.role } : { wait }
}

type InviteInput = {
  readonly token: string
  readonly name: string
  readonly password: string
}

const gone = 'This link no longer works: it was used, withdrawn or has expired.'

async function join(invite: Invite, role: Role, input: InviteInput, exchange: Exchange) {
  const id = newId('user_')
  exchange.ids.userId = id
  const { email } = invite
  const passwordHash = await hashPassword(input.password)
  const name = shownText(input.name, longestName) || null
  const person = { id, name, passwordHash, role }
  const done = await commit(exchange, (describe, actor) =>
    joinByInvite(invite, person, actor, exchange.startedAt, [
      describe('operator.joined', { email, role }),
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
  const done = await commit(exchange, (describe, actor) =>
    choosePasswordByLink(invite, passwordHash, actor, at, [
      describe('operator.password-changed', { email }),
    ]),
  )
  if (!done) return false
  // the holder of the link is not a stranger
  if (userId) await rememberDevice(userId, at)
  return true
}

/**
 * Creates the account of an invitation, or sets the password of the account that a link is for.
 *
 * @returns problems by field, or `null`
 */
export async function acceptInvite(input: InviteInput): Promise<Problems | null> {
  const { exchange, invite, wait } = await open(input.token, 'POST')
  if (!invite) return { token: wait > 0 ? `Too many attempts. Try again in ${wait} s.` : gone }
  const weak = passwordProblem(input.password)
  if (weak) return { password: weak }
  const done = invite.role
    ? await join(invite, invite.role, input, exchange)
    : await choosePassword(invite, input, exchange)
  return done ? null : { token: gone }
}
