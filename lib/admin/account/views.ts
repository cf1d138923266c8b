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
