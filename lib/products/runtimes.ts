/**
 * Runtimes and HTTP libraries of all kinds of programs. Such a user agent does not identify the program;
 * two different ones come from different libraries.
 */
export type Runtime = {
  /** the name without a version */
  readonly id: string
  /** the name of its requests in the log */
  readonly label: string
  /** lowercase prefixes of its user agent */
  readonly prefixes: readonly string[]
}

/** From their documentation, or from server logs. */
const runtimes: readonly Runtime[] = [
  { id: 'python-httpx', label: 'Python (httpx)', prefixes: ['python-httpx/'] },
  { id: 'python-requests', label: 'Python (requests)', prefixes: ['python-requests/'] },
  { id: 'python-urllib', label: 'Python (urllib)', prefixes: ['python-urllib'] },
  { id: 'python-aiohttp', label: 'Python (aiohttp)', prefixes: ['python/', 'aiohttp/'] },
  { id: 'node-fetch', label: 'Node.js', prefixes: ['node-fetch'] },
  { id: 'node', label: 'Node.js', prefixes: ['node', 'node.js', 'node/', 'node.js/'] },
  { id: 'undici', label: 'Node.js', prefixes: ['undici'] },
  { id: 'axios', label: 'Node.js (axios)', prefixes: ['axios/'] },
  { id: 'got', label: 'Node.js (got)', prefixes: ['got (', 'got/'] },
  { id: 'superagent', label: 'Node.js (superagent)', prefixes: ['node-superagent/'] },
  { id: 'deno', label: 'Deno', prefixes: ['deno/'] },
  { id: 'bun', label: 'Bun', prefixes: ['bun/'] },
  { id: 'workerd', label: 'Cloudflare Workers', prefixes: ['cloudflare-workers'] },
  { id: 'go', label: 'Go', prefixes: ['go-http-client/', 'go-resty/'] },
  { id: 'reqwest', label: 'Rust (reqwest)', prefixes: ['reqwest'] },
  { id: 'hyper', label: 'Rust (hyper)', prefixes: ['hyper/'] },
  { id: 'okhttp', label: 'Java (OkHttp)', prefixes: ['okhttp/'] },
  { id: 'java', label: 'Java', prefixes: ['java/', 'java-http-client/'] },
  { id: 'apache-httpclient', label: 'Java (HttpClient)', prefixes: ['apache-httpclient/'] },
  { id: 'ktor', label: 'Kotlin (Ktor)', prefixes: ['ktor'] },
  { id: 'ruby', label: 'Ruby', prefixes: ['ruby', 'faraday '] },
  { id: 'php', label: 'PHP', prefixes: ['guzzlehttp/', 'symfony httpclient'] },
  { id: 'dart', label: 'Dart', prefixes: ['dart/'] },
  { id: 'powershell', label: 'PowerShell', prefixes: ['powershell/'] },
  { id: 'curl', label: 'curl', prefixes: ['curl/', 'libcurl/'] },
  { id: 'wget', label: 'Wget', prefixes: ['wget/'] },
  { id: 'httpie', label: 'HTTPie', prefixes: ['httpie/'] },
]

/** `node` alone is Node.js; `nodejs-thing/1` is something else. */
const hasPrefix = (agent: string, prefix: string): boolean => {
  if (!agent.startsWith(prefix)) return false
  const next = agent[prefix.length]
  return next === undefined || !/[a-z]$/.test(prefix) || !/[a-z0-9._-]/.test(next)
}

/** The runtime or library at the start of a user agent, or `null`. */
export function runtimeIn(userAgent: string): Runtime | null {
  const agent = userAgent.trim().toLowerCase()
  return runtimes.find(({ prefixes }) => prefixes.some((one) => hasPrefix(agent, one))) ?? null
}

/** Whether a log name is a runtime's, which many programs share. */
export const isRuntimeLabel = (label: string): boolean =>
  runtimes.some((runtime) => runtime.label === label)
