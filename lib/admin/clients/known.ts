import { type ProductId, productNames } from '@/lib/products/names'
import { productById } from '@/lib/products/product'

/** What a known client needs when it is registered manually. */
export type ClientTemplate = {
  readonly name: string
  /** as the client sends them */
  readonly redirectUris: readonly string[]
  /** whether it can keep a secret: it runs on a server, not on a person's device */
  readonly confidential: boolean
}

const callbacksOf = (id: ProductId): readonly string[] => productById(id).callbacks ?? []

/**
 * Clients that let people type in an id and perhaps a secret. Of several redirect URIs, the client uses
 * one or another depending on its version; on loopback any port matches (RFC 8252 §7.3).
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
} as const satisfies Record<string, ClientTemplate>

/** The name of a client in a URL, such as `claude-code`. */
export type KnownClientId = keyof typeof knownClients
