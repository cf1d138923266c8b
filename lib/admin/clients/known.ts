import { type ProductId, productNames } from '@/lib/products/names'
import { productById } from '@/lib/products/product'

/** What a client that is known by name needs when it is registered by hand. */
export type KnownClient = {
  readonly name: string
  /** where it takes answers, as it sends them */
  readonly redirectUris: readonly string[]
  /** whether it can keep a secret: its answers go to a server, not to a person's device */
  readonly confidential: boolean
}

const callbacksOf = (id: ProductId): readonly string[] => productById(id).callbacks ?? []

/**
 * Clients that take an id, and perhaps a secret, that somebody typed in. Where several addresses
 * are listed the client uses one or another by its version; on loopback any port counts (RFC 8252
 * §7.3).
 */
export const knownClients = {
  claude: {
    name: productNames['claude-hosted'],
    redirectUris: callbacksOf('claude-hosted'),
    confidential: true,
  },
  'claude-code': {
    name: productNames['claude-code'],
    redirectUris: ['http://localhost/callback', 'http://127.0.0.1/callback'],
    confidential: false,
  },
  chatgpt: {
    name: productNames.chatgpt,
    redirectUris: callbacksOf('chatgpt'),
    confidential: true,
  },
  cursor: {
    name: productNames.cursor,
    redirectUris: [
      ...callbacksOf('cursor'),
      'http://localhost:8787/callback',
      'cursor://anysphere.cursor-mcp/oauth/callback',
    ],
    confidential: false,
  },
  vscode: {
    name: 'Visual Studio Code',
    redirectUris: [
      'https://vscode.dev/redirect',
      'https://insiders.vscode.dev/redirect',
      'http://127.0.0.1:33418/',
      'http://127.0.0.1/',
    ],
    confidential: false,
  },
  inspector: {
    name: productNames.inspector,
    redirectUris: [
      'http://localhost:6274/oauth/callback',
      'http://localhost:6274/oauth/callback/debug',
    ],
    confidential: false,
  },
} as const satisfies Record<string, KnownClient>

/** The name of a client in an address, such as `claude-code`. */
export type KnownClientId = keyof typeof knownClients
