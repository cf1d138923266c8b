/**
 * What is served of next-auth: what its script in the browser and the providers call, and where its own
 * answers lead. Its pages to sign out and to wait for e-mail have no use here, and `_log` would print
 * what anybody sends.
 */
const actions: Readonly<
  Record<string, Readonly<Record<string, 'alone' | 'with provider' | 'both'>>>
> = {
  GET: {
    csrf: 'alone',
    providers: 'alone',
    session: 'alone',
    // these two lead on to /sign-in
    signin: 'both',
    error: 'alone',
    callback: 'with provider',
  },
  POST: { signin: 'with provider', signout: 'alone', callback: 'with provider' },
}

/**
 * Whether next-auth is to answer.
 *
 * @param segments of the path behind `/api/auth/`
 * @param providers their ids
 */
export function isServedByNextAuth(
  method: string,
  segments: readonly string[],
  providers: readonly string[],
): boolean {
  const [action = '', provider, ...more] = segments
  const served = actions[method]
  const shape = served && Object.hasOwn(served, action) ? served[action] : undefined
  if (!shape || more.length > 0) return false
  return provider === undefined
    ? shape !== 'with provider'
    : shape !== 'alone' && providers.includes(provider)
}
