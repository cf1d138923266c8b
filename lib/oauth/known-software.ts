/** Where the answers of well-known clients go: hosts of theirs, and schemes of their own. */
const products: Readonly<Record<string, string>> = {
  'claude.ai': 'claude',
  'claude.com': 'claude',
  'chatgpt.com': 'chatgpt',
  'cursor.com': 'cursor',
  'www.cursor.com': 'cursor',
  'cursor:': 'cursor',
  'vscode.dev': 'vscode',
  'insiders.vscode.dev': 'vscode',
  'vscode:': 'vscode',
  'vscode-insiders:': 'vscode',
}

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

function productAt(uri: string): string | null {
  if (!URL.canParse(uri)) return null
  const { protocol, host } = new URL(uri)
  if (loopback.test(host)) return 'native'
  const place = /^https?:$/.test(protocol) ? host : protocol
  return Object.hasOwn(products, place) ? (products[place] ?? null) : null
}

/**
 * The known software whose answers go to these addresses and nowhere else, of a short closed list;
 * `native` for programs on a person's own machine (RFC 8252 §7.3), and `null` for anything else. Anybody
 * may say that they are one of them: it parts budgets where nothing better does, and proves nothing.
 */
export function knownSoftware(redirectUris: readonly string[]): string | null {
  const found = new Set(redirectUris.map(productAt))
  if (found.size > 1) found.delete('native')
  const [only = null] = found
  return found.size === 1 ? only : null
}
