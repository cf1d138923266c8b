import type { AdmissionRefusal } from '@/lib/reasons'

type Account = { readonly disabledAt: Date | null }

/** What is known about a person who signs in with another provider. */
export type SignInArrival<User extends Account, Invite = never> = {
  /** the account already linked to this subject of this provider */
  readonly known: User | null
  /** the account with the same e-mail address */
  readonly sameEmail: User | null
  /** the e-mail address, if the provider has verified it */
  readonly verifiedEmail: string | null
  /** the open invitation for this address */
  readonly invite: Invite | null
  readonly hasUsers: boolean
  readonly allowed: readonly string[]
}

/** The decision about an arrival. */
export type Admission<User, Invite = never> =
  | { readonly kind: 'enter'; readonly user: User }
  | { readonly kind: 'link'; readonly user: User }
  | { readonly kind: 'join'; readonly invite: Invite }
  | { readonly kind: 'create'; readonly email: string }
  /** `reason` is part of the sign-in page's address */
  | { readonly kind: 'refuse'; readonly reason: AdmissionRefusal }

/** Whether an e-mail address or its domain is in a list. A subdomain does not match its parent. */
export function isAllowedEmail(email: string, allowed: readonly string[]): boolean {
  const address = email.toLowerCase()
  return allowed.includes(address) || allowed.includes(address.slice(address.lastIndexOf('@') + 1))
}

const refuse = (reason: AdmissionRefusal) => ({ kind: 'refuse', reason }) as const

const unlessDisabled = <User extends Account>(
  kind: 'enter' | 'link',
  user: User,
): Admission<User> => (user.disabledAt ? refuse('disabled') : { kind, user })

/**
 * Decides whether a person from another provider may sign in. The provider's subject is checked
 * first, because an e-mail address can change hands (OpenID Connect Core §5.7); an unverified address
 * is ignored. An invitation takes precedence over the allow list, because it names a role.
 */
export function admissionOf<User extends Account, Invite = never>(
  arrival: SignInArrival<User, Invite>,
): Admission<User, Invite> {
  const { known, sameEmail, verifiedEmail } = arrival
  if (known) return unlessDisabled('enter', known)
  if (!verifiedEmail) return refuse('unverified')
  if (sameEmail) return unlessDisabled('link', sameEmail)
  // the first account is the admin, created with the set-up link
  if (!arrival.hasUsers) return refuse('not-set-up')
  if (arrival.invite) return { kind: 'join', invite: arrival.invite }
  if (!isAllowedEmail(verifiedEmail, arrival.allowed)) return refuse('not-allowed')
  return { kind: 'create', email: verifiedEmail }
}
