/** The account of the signed-in person. */
export type AccountProfile = {
  readonly email: string
  readonly name: string | null
  readonly role: 'admin' | 'operator' | 'viewer' | 'member'
  readonly hasPassword: boolean
}

/**
 * The proof that the signed-in person is the account's owner: something they type, or a recent sign-in.
 */
export type ProofAsked = 'password' | 'password-or-code' | 'code' | 'sign-in'

/** The result of an action that needs a proof, or the problem with the proof. */
export type Proven<What> =
  | { readonly problem: string }
  | { readonly problem: null; readonly done: What }

/** Whether a person signs in with one-time codes. */
export type TwoStep = { readonly isOn: boolean; readonly codesLeft: number }

/** What an authenticator app needs; shown once, during set-up. */
export type Enrolment = {
  /** base32 */
  readonly secret: string
  readonly qr: { readonly size: number; readonly path: string }
}

/** Recovery codes, shown once, or the problem. */
export type RecoveryCodesResult =
  | { readonly ok: true; readonly codes: readonly string[] }
  | { readonly ok: false; readonly problem: string }
