/** What GitHub says of an address (`GET /user/emails`). */
export type GitHubEmail = {
  readonly email: string
  readonly primary: boolean
  readonly verified: boolean
}

/**
 * The address to know somebody from GitHub by: the primary one, if GitHub has verified it. The
 * address of the public profile is not asked: it need not be verified.
 */
export const gitHubEmail = (emails: readonly GitHubEmail[]): string | null =>
  emails.find(({ primary, verified }) => primary && verified)?.email ?? null
