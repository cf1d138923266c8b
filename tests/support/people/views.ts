/** What a used Portico has to show. */
export type Seen = {
  /** handshakes by verdict */
  readonly connected: string
  readonly stalled: string
  readonly denied: string
  /** path of a shared link */
  readonly link: string
  /** path of an open invitation */
  readonly invite: string
  /** path of a pending authorization request */
  readonly asking: string
  readonly grant: string
  readonly client: string
  readonly token: string
  readonly user: string
}

/**
 * The URLs at which each page is tested, by its folder below `app`: filled, empty, and in its
 * other states. The walk fails for a page that is missing here.
 */
export const views: Readonly<Record<string, (seen: Seen) => readonly string[]>> = {
  'sign-in': () => ['/sign-in'],
  setup: () => ['/setup?token=none'],
  invite: ({ invite }) => [invite, '/invite?token=none'],
  'consent/[interaction]': ({ asking }) => [asking, '/consent/int_none'],
  account: () => ['/account'],
  connections: () => ['/connections'],
  'connections/[id]': ({ grant }) => [`/connections/${grant}`],
  'connections/[id]/revoke': ({ grant }) => [`/connections/${grant}/revoke`],
  'shared/[token]': ({ link }) => [link, '/shared/none'],
  admin: () => ['/admin'],
  'admin/alerts': () => ['/admin/alerts'],
  'admin/clients': () => ['/admin/clients', '/admin/clients?q=nothing'],
  'admin/clients/client': ({ client }) => [
    `/admin/clients/client?id=${encodeURIComponent(client)}`,
  ],
  'admin/clients/new': () => ['/admin/clients/new'],
  'admin/approvals': () => ['/admin/approvals'],
  'admin/audit': () => ['/admin/audit', '/admin/audit?action=grant.revoked'],
  'admin/connect': () => [
    '/admin/connect',
    '/admin/connect?client=claude-code',
    '/admin/connect?client=vscode',
  ],
  'admin/connections': () => ['/admin/connections', '/admin/connections?state=revoked'],
  'admin/connections/[id]': ({ grant }) => [`/admin/connections/${grant}`],
  // only in development
  'admin/design': () => [],
  'admin/handshakes': () => [
    '/admin/handshakes',
    '/admin/handshakes?unused=yes',
    '/admin/handshakes?verdict=degraded',
  ],
  'admin/handshakes/[id]': ({ connected, stalled, denied }) => [
    `/admin/handshakes/${stalled}`,
    `/admin/handshakes/${connected}?compare=last`,
    `/admin/handshakes/${denied}?compare=none`,
    `/admin/handshakes/${connected}?tab=raw`,
  ],
  'admin/handshakes/of/[event]': () => ['/admin/handshakes/of/999999999'],
  'admin/keys': () => ['/admin/keys'],
  'admin/log': () => ['/admin/log', '/admin/log?q=nothing+of+the+kind'],
  'admin/operators': () => ['/admin/operators'],
  'admin/operators/[id]': ({ user }) => [`/admin/operators/${user}`],
  'admin/operators/invite': () => ['/admin/operators/invite'],
  'admin/self-check': () => ['/admin/self-check'],
  'admin/sessions': () => ['/admin/sessions'],
  'admin/settings': () => ['/admin/settings'],
  'admin/tokens': () => ['/admin/tokens', '/admin/tokens?state=unused'],
  'admin/tokens/[id]': ({ token }) => [`/admin/tokens/${token}`],
}
