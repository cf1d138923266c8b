/** The account of whoever is signed in. */
export type AccountProfile = {
  readonly email: string
  readonly name: string | null
  readonly role: 'admin' | 'operator' | 'viewer' | 'member'
  readonly hasPassword: boolean
}

/** A browser in which a person is signed in. */
export type AccountSession = {
  readonly id: string
  /** such as `Firefox on Linux` */
  readonly browser: string | null
  readonly address: string | null
  /** how they signed in */
  readonly method: string
  /** ISO 8601 */
  readonly createdAt: string
  readonly lastSeenAt: string
  /** whether it is the one that asks */
  readonly isThis: boolean
}

/**
 * What shows that whoever is signed in is who they say: something that they type, or that they signed
 * in lately.
 */
export type ProofAsked = 'password' | 'password-or-code' | 'code' | 'sign-in'

/** What was proven for, or what is wrong with the proof. */
export type Proven<What> =
  | { readonly problem: string }
  | { readonly problem: null; readonly done: What }

/** Whether a person signs in with one-time codes. */
export type TwoStep = { readonly isOn: boolean; readonly codesLeft: number }

/** What an authenticator app needs: shown once, while it is being set up. */
export type Enrolment = {
  /** base32 */
  readonly secret: string
  readonly qr: { readonly size: number; readonly path: string }
}

/** Recovery codes, shown once; or what is wrong. */
export type RecoveryCodesResult =
  | { readonly ok: true; readonly codes: readonly string[] }
  | { readonly ok: false; readonly problem: string }

/** A "yes" that a person asked to be remembered: the app connects again without asking. */
export type RememberedAnswer = {
  readonly id: string
  readonly clientName: string
  /** the domain that vouches for the app, where one does */
  readonly verifiedDomain: string | null
  /** what it may, in words */
  readonly allows: readonly string[]
  /** ISO 8601 */
  readonly createdAt: string
  /** when the person is asked again anyhow */
  readonly endsAt: string
  /** a connection of the app is paused: until it is resumed, the person is asked */
  readonly isPaused: boolean
}

/** A passkey of a person. */
export type PasskeyView = {
  readonly id: string
  readonly name: string
  /** whether other devices have it, too */
  readonly synced: boolean
  /** ISO 8601 */
  readonly createdAt: string
  readonly lastUsedAt: string | null
}
