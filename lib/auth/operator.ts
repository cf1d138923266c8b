/** The signed-in user. */
export type Operator = {
  readonly id: string
  readonly email: string
  readonly name: string | null
  readonly role: 'admin' | 'operator' | 'viewer' | 'member'
}
