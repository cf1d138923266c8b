import type { UriProblem } from '@/lib/reasons'

/**
 * Extensions of VS Code and its forks accept answers under `publisher.name`, and install nothing.
 * Microsoft's for remote machines and containers clone and run what their address says.
 */
const extension = /^(?!.*deeplink)(?!ms-vscode(?:-remote)?\.)[\w-]+\.[\w-]+$/i

/**
 * Schemes without a dot that MCP clients accept answers under, and where: other addresses of a scheme
 * open files, install things or run commands. RFC 8252 §7.1 requires a reversed domain name, but these
 * already exist. A new entry needs a source, and a check of what else its app does with such addresses.
 */
const appSchemes: Readonly<Record<string, RegExp>> = {
  'code-oss': extension, // microsoft/vscode#94027
  cursor: extension, // modelcontextprotocol/python-sdk#897
  mcpjam: /^oauth$/, // MCPJam/inspector, redirect URIs of its document
  vscode: extension, // code.visualstudio.com, UriHandler of extensions
  'vscode-insiders': extension, // linear/linear-vscode-connect-extension#3
  vscodium: extension, // Mermaid-Chart/vscode-mermaid-chart#7
  warp: /^mcp$/, // warpdotdev/warp#9088
  windsurf: extension, // Mermaid-Chart/issue-tracker#145
}

/** A reversed domain name (RFC 8252 §7.1): labels of letters, digits and hyphens, a plain one first. */
const reversedDomain =
  /^(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?){1,8}$/

/**
 * Names with a dot that operating systems and their programs reserve, such as
 * `microsoft.windows.camera`, `outlook.url.mailto`, `ie.http` and `com.apple.tv`. Those with a
 * hyphen before the first dot (`ms-…`, `x-apple.systempreferences`) are no domain names anyway.
 */
const systemName =
  /^(?:microsoft|windows|windowsmail|outlook|ie|iexplore|explorer|shell|search|ms|apple|com\.apple|com\.microsoft\.windows)\./

const longestScheme = 100

/**
 * Why an app's scheme is refused, or `null` if it is accepted: a reversed domain name with a dot, or
 * one of {@link appSchemes}. Any other may be a name that an operating system passes to a program
 * that runs things: `search-ms:`, `ms-officecmd:`, `ssh:`, `javascript:`, and there is no complete
 * list of them (RFC 8252 §8.4).
 */
export function appSchemeProblem({ protocol, host }: URL): UriProblem | null {
  const scheme = protocol.slice(0, -1)
  const known = Object.hasOwn(appSchemes, scheme) ? appSchemes[scheme] : undefined
  if (known) return known.test(host) ? null : { kind: 'place', scheme }
  const isOwn =
    scheme.length <= longestScheme && reversedDomain.test(scheme) && !systemName.test(scheme)
  return isOwn ? null : { kind: 'scheme', scheme: scheme.slice(0, 40) }
}
