/** What the sign-in page says when a provider sign-in failed, by error code. */
const words: Readonly<Record<string, (provider: string) => string>> = {
  disabled: () => 'Your account is disabled. Ask an admin of this server to enable it.',
  unverified: (provider) =>
    `${provider} does not confirm your e-mail address. Verify it there, then try again.`,
  'not-allowed': () =>
    'There is no account for you here. Ask an admin of this server to invite you.',
  'not-set-up': () =>
    'This server has no admin yet. Open the set-up link first, which it printed at its start.',
  'signed-out': () =>
    'You were not signed in any more when your answer came, so nothing was changed. Sign in, then answer again.',
  'form-stale': () => 'This page was too old, and you are not signed in. Sign in again.',
  OAuthSignin: (provider) => `${provider} could not be reached. Try again in a moment.`,
  certificate: (provider) =>
    `This server does not accept the certificate of ${provider}. Its admin finds the cause under Self-check.`,
  OAuthCallback: (provider) => `${provider} did not sign you in. Try again.`,
  Callback: (provider) => `${provider} did not sign you in. Try again.`,
}

/** What to do when a provider returns and its state cookie is missing. */
const notKept = (origin: string): string =>
  `Your browser did not return the cookie that it got before it went there. Allow cookies for this site, begin at ${origin}, and take no longer than 15 minutes.`

/**
 * Returns the text for an error code, or `null` for an unknown code.
 *
 * @param name the provider's name
 * @param kept `nothing` if the browser kept no cookie
 * @param origin this server's
 */
export function refusalWords(
  code: string | undefined,
  name: string | undefined,
  kept: string | undefined,
  origin: string,
): string | null {
  if (!code || !Object.hasOwn(words, code)) return null
  if (kept === 'nothing') return notKept(origin)
  return words[code]?.(name ?? 'The other provider') ?? null
}
