import 'server-only'
import { env } from '@/lib/config/env'
import { newId } from '@/lib/oauth/secret'
import { longestName, shownText } from '@/lib/oauth/shown-text'
import type { AdmissionRefusal } from '@/lib/reasons'
import { commit, record } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import {
  createUserOfIdentity,
  findUserOfIdentity,
  linkIdentity,
} from '@/lib/store/people/identities'
import { type Invite, inviteOfEmail, joinByInvite } from '@/lib/store/people/invites'
import { findUserByEmail, hasUsers, type User } from '@/lib/store/people/users'
import { admissionOf } from './admission'
import { type SignedIn, startSession } from './open-session'
import { type Claims, providerName } from './providers'
import { secondStepOf } from './second-step'
import { refuseSignIn } from './sign-in-exchange'

/** A person who arrives from a provider. */
type ProviderArrival = {
  readonly provider: string
  /** `sub` */
  readonly subject: string
  readonly claims: Claims
}

/** Some providers send the claim as a string. */
const verifiedEmailOf = ({ email, email_verified: verified }: Claims): string | null =>
  email && (verified === true || verified === 'true') ? email.trim().toLowerCase() : null

const nameOf = ({ name = '' }: Claims): string | null => shownText(name, longestName) || null

/** Creates the account of an invitation; the verified address replaces the link as proof. */
async function join(arrival: ProviderArrival, invite: Invite, exchange: Exchange) {
  const { provider, subject, claims } = arrival
  const { email, role } = invite
  if (!role) return
  const id = newId('user_')
  exchange.ids.userId = id
  const identity = { provider, subject, email }
  const person = { id, name: nameOf(claims), role, passwordHash: null, identity }
  await commit(exchange, (describe, actor) =>
    joinByInvite(invite, person, actor, exchange.startedAt, [
      describe('operator.joined', { email, role }),
      describe('identity.linked', { email, provider: providerName(provider) }),
    ]),
  )
}

async function createUser(arrival: ProviderArrival, email: string, exchange: Exchange) {
  const { provider, subject, claims } = arrival
  const role = env().signIn.newcomerRole
  const name = nameOf(claims)
  const user = { id: newId('user_'), email, name, role }
  exchange.ids.userId = user.id
  const identity = { provider, subject, email }
  await commit(exchange, (describe, actor) =>
    createUserOfIdentity(user, identity, exchange.startedAt, actor, [
      describe('operator.created', { email, role }),
      describe('identity.linked', { email, provider: providerName(provider) }),
    ]),
  )
}

async function link(arrival: ProviderArrival, user: User, email: string, exchange: Exchange) {
  const { provider, subject } = arrival
  exchange.ids.userId = user.id
  const detail = { email: user.email, provider: providerName(provider) }
  const identity = { provider, subject, email }
  await commit(exchange, (describe, actor) =>
    linkIdentity(user.id, identity, exchange.startedAt, actor, [
      describe('identity.linked', detail),
    ]),
  )
}

/** Finds, links or creates the account. @returns it, or why there is none */
async function accountOf(
  arrival: ProviderArrival,
  exchange: Exchange,
  isRetry = false,
): Promise<User | AdmissionRefusal> {
  const { provider, subject, claims } = arrival
  const verifiedEmail = verifiedEmailOf(claims)
  const find = () => findUserOfIdentity(provider, subject, exchange.startedAt)
  // read first: if another arrival uses it meanwhile, `find` below returns the account it created
  const invite = verifiedEmail ? await inviteOfEmail(verifiedEmail, exchange.startedAt) : null
  const admission = admissionOf({
    known: await find(),
    sameEmail: verifiedEmail ? await findUserByEmail(verifiedEmail) : null,
    invite,
    verifiedEmail,
    hasUsers: await hasUsers(),
    allowed: env().signIn.allowed,
  })
  if (admission.kind === 'refuse') return admission.reason
  if (admission.kind === 'enter') return admission.user
  if (admission.kind === 'link') await link(arrival, admission.user, verifiedEmail ?? '', exchange)
  else if (admission.kind === 'join') await join(arrival, admission.invite, exchange)
  else await createUser(arrival, admission.email, exchange)
  // read again: of two concurrent arrivals, one has created or linked the account for both
  const user = await find()
  if (!user && !isRetry) return accountOf(arrival, exchange, true)
  return user && !user.disabledAt ? user : 'disabled'
}

/** The result of signing in with another provider. */
type ProviderAnswer =
  | { readonly kind: 'in'; readonly signedIn: SignedIn }
  /** a one-time code is still needed */
  | { readonly kind: 'code'; readonly userId: string; readonly method: string }
  | { readonly kind: 'refused'; readonly reason: AdmissionRefusal }

/** Signs in a person from another provider, or says what is missing. */
export async function signInWithProvider(
  arrival: ProviderArrival,
  exchange: Exchange,
): Promise<ProviderAnswer> {
  const method = providerName(arrival.provider)
  const refuse = (because: AdmissionRefusal): ProviderAnswer => {
    const email = verifiedEmailOf(arrival.claims) ?? undefined
    refuseSignIn(exchange, { kind: 'provider-refused', provider: method, because }, 403, email)
    return { kind: 'refused', reason: because }
  }
  const account = await accountOf(arrival, exchange)
  if (typeof account === 'string') return refuse(account)
  if (await secondStepOf(account.id)) {
    exchange.ids.userId = account.id
    record(exchange, 'operator.challenged', 200, { email: account.email })
    return { kind: 'code', userId: account.id, method }
  }
  const signedIn = await startSession(account, method, exchange)
  return signedIn ? { kind: 'in', signedIn } : refuse('disabled')
}
