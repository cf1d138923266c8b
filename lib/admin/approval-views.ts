/** A "yes" of a person that waits for an operator. Times are ISO 8601 in UTC. */
export type ApprovalRow = {
  /** of the interaction */
  readonly id: string
  readonly clientId: string
  readonly clientName: string
  readonly clientKind: 'dynamic' | 'metadata_document' | 'registered'
  /** the host that vouches for the client and takes the answer; `null` where none does */
  readonly verifiedDomain: string | null
  readonly redirectHost: string
  readonly redirectUri: string
  /** the answer goes to the person's own computer */
  readonly loopback: boolean
  readonly userEmail: string
  readonly scopes: readonly string[]
  readonly heldAt: string
  readonly expiresAt: string
}
