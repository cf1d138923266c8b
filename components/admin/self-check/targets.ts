import type { ProbeRow } from '@/lib/admin/views'

/** Each probe, and why a client needs it. */
export const targets: Record<ProbeRow['target'], { readonly label: string; readonly for: string }> =
  {
    'resource-metadata': {
      label: 'Resource metadata',
      for: 'names the authorization server; RFC 9728 §3.1',
    },
    'resource-metadata-root': {
      label: 'Resource metadata, at the root',
      for: 'where clients look second',
    },
    'server-metadata': {
      label: 'Server metadata',
      for: 'names every endpoint; RFC 8414 §3',
    },
    'server-metadata-suffixed': {
      label: 'Server metadata, with the path',
      for: 'where older clients look',
    },
    jwks: { label: 'Signing keys', for: 'verify access tokens; RFC 7517 §5' },
    'challenge-post': {
      label: 'Challenge',
      for: 'a 401 that says where to sign in; RFC 9728 §5.1',
    },
    'challenge-get': { label: 'Challenge to GET', for: 'the same for a client that listens' },
    'challenge-post-claude-user': {
      label: 'Challenge to Claude-User',
      for: 'the user agent of Claude’s tool calls, which bot rules block',
    },
    'bearer-echo': {
      label: 'Request with a made-up token',
      for: 'shows whether the Authorization header arrives',
    },
    'trailing-slash': {
      label: 'Challenge at /mcp/',
      for: 'must be served like /mcp, not redirected',
    },
  }
