/** The account of whoever is signed in. */
export type AccountProfile = {
  readonly email: string
  readonly name: string | null
  readonly role: 'admin' | 'operator' | 'viewer' | 'member'
  readonly hasPassword: boolean
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
