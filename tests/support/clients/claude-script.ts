import type { Discovered } from './claude-discovery'
import type { Sender } from './claude-wire'

type Header = Readonly<Record<string, string>>
type NameResource = (resource: string) => string | undefined

/** A client's behaviour, as far as a server can see it. */
export type ClientScript = Sender & {
  readonly name: string
  /** its first request, without a token */
  readonly opening: { readonly method: 'POST' | 'HEAD'; readonly headers: Header }
  readonly discoveryHeaders: Header
  readonly registration: Readonly<Record<string, unknown>>
  /** hosted Claude often registers twice, a second apart */
  readonly registersTwice: boolean
  readonly redirectUri: string
  /** `challenge`: the scope of the 401; any other string is sent as is */
  readonly scope:
    | 'challenge'
    | 'challenge and offline_access'
    | 'none'
    | { readonly exactly: string }
  readonly authorizeParameters: Header
  readonly resource: Readonly<Record<'authorize' | 'token' | 'refresh', NameResource>>
  readonly tokenAuth: 'none' | 'client_secret_post' | 'client_secret_basic'
  readonly readsServerMetadataAgain: boolean
  readonly discoversServer: boolean
  readonly revision: string
  readonly mcpHeaders: Header
}

/** The `scope` that a client sends. */
export function scopeOf({ scope }: ClientScript, discovered: Discovered): string | undefined {
  if (typeof scope === 'object') return scope.exactly
  if (scope === 'none') return undefined
  const offline = discovered.serverScopes.includes('offline_access') ? ['offline_access'] : []
  const added = scope === 'challenge' ? [] : offline
  return [discovered.challengeScope, ...added].filter(Boolean).join(' ')
}

export const canonical: NameResource = (resource) => resource
export const absent: NameResource = () => undefined
export const withSlash: NameResource = (resource) => `${resource}/`
export const inUpperCase: NameResource = (resource) => resource.replace('localhost', 'LOCALHOST')

export const json = { 'content-type': 'application/json' }
export const version = { 'mcp-protocol-version': '2025-11-25' }

/** Defaults of most clients built on the TypeScript SDK. */
export const usual = {
  addresses: [],
  opening: {
    method: 'POST',
    headers: { ...json, accept: 'application/json, text/event-stream' },
  },
  discoveryHeaders: version,
  registersTwice: false,
  scope: 'challenge',
  authorizeParameters: {},
  resource: { authorize: canonical, token: canonical, refresh: canonical },
  tokenAuth: 'none',
  readsServerMetadataAgain: false,
  discoversServer: false,
  revision: '2025-11-25',
  mcpHeaders: {},
} satisfies Partial<ClientScript>
