/** What there is to be seen on a Portico that was used. */
export type Seen = {
  /** handshakes by how they ended */
  readonly connected: string
  readonly stalled: string
  readonly denied: string
  /** path of a link that was given away */
  readonly link: string
}

/**
 * The addresses at which each page is looked at, by its folder below `app`: filled, empty, and in its
 * other states. A page that is missing here fails the walk.
 */
export const views: Readonly<Record<string, (seen: Seen) => readonly string[]>> = {
  'sign-in': () => ['/sign-in'],
  setup: () => ['/setup?token=none'],
  'consent/[interaction]': () => ['/consent/int_none'],
  'shared/[token]': ({ link }) => [link, '/shared/none'],
  admin: () => ['/admin'],
  'admin/alerts': () => ['/admin/alerts'],
  'admin/clients': () => ['/admin/clients', '/admin/clients?q=nothing'],
  'admin/clients/new': () => ['/admin/clients/new'],
  'admin/connections': () => ['/admin/connections', '/admin/connections?state=revoked'],
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
  'admin/self-check': () => ['/admin/self-check'],
  'admin/sessions': () => ['/admin/sessions'],
  'admin/tokens': () => ['/admin/tokens'],
}
