import type { FixStep } from './finding'

/** How to check that a configuration change has helped. */
export const checkAgain = 'Press “Check again” under Self-check: this finding is gone.'

/** How to check that an attempt gets further. */
export const connectAgain =
  'Connect again from Claude: the new handshake passes this step and goes on to “tools listed”.'

/** Claude caches documents by their URL for about five minutes, and a connector's settings for good. */
export const addAnew: FixStep = {
  text: 'Wait five minutes (Claude caches discovery documents that long), then remove the connector and add it again: its settings cannot be edited.',
  where: 'Claude → Settings → Connectors',
}

/** The paths that clients call without signing in. */
export const openPaths = [
  '/mcp',
  '/.well-known/*',
  '/register',
  '/token',
  '/authorize',
  '/revoke',
  '/consent/*',
  '/sign-in',
  '/api/auth/*',
  '/_next/*',
].join(', ')
