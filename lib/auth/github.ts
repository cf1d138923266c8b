/** An entry of GitHub's `GET /user/emails`. */
export type GitHubEmail = {
  readonly email: string
  readonly primary: boolean
  readonly verified: boolean
}

/**
 * The primary address of a GitHub user, if GitHub has verified it. The address of the public profile
 * is not used, because it need not be verified.
 */
export const gitHubEmail = (emails: readonly GitHubEmail[]): string | null =>
  emails.find(({ primary, verified }) => primary && verified)?.email ?? null
