/**
 * The next-auth routes that are served: those that its browser script and the providers call, and its
 * redirect targets. Its sign-out and verify-e-mail pages are not needed, and `_log` would log input
 * from anyone.
 */
const actions: Readonly<
  Record<string, Readonly<Record<string, 'alone' | 'with provider' | 'both'>>>
> = {
  GET: {
    csrf: 'alone',
    providers: 'alone',
    session: 'alone',
    // these two redirect to /sign-in
    signin: 'both',
    error: 'alone',
    callback: 'with provider',
  },
  POST: { signin: 'with provider', signout: 'alone', callback: 'with provider' },
}

/**
 * Whether next-auth serves a request.
 *
 * @param segments of the path after `/api/auth/`
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
