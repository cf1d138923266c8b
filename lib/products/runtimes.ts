/**
 * Runtimes and HTTP libraries of all kinds of programs: the name of their requests in the log, and the
 * lowercase prefixes of their user agents. Such a user agent does not identify the program; two
 * different ones come from different libraries.
 *
 * From their documentation, or from server logs.
 */
const runtimes: Readonly<Record<string, readonly string[]>> = {
  'Python (httpx)': ['python-httpx/'],
  'Python (requests)': ['python-requests/'],
  'Python (urllib)': ['python-urllib'],
  'Python (aiohttp)': ['python/', 'aiohttp/'],
  'Node.js': ['node-fetch', 'node', 'node.js', 'node/', 'node.js/', 'undici'],
  'Node.js (axios)': ['axios/'],
  'Node.js (got)': ['got (', 'got/'],
  'Node.js (superagent)': ['node-superagent/'],
  Deno: ['deno/'],
  Bun: ['bun/'],
  'Cloudflare Workers': ['cloudflare-workers'],
  Go: ['go-http-client/', 'go-resty/'],
  'Rust (reqwest)': ['reqwest'],
  'Rust (hyper)': ['hyper/'],
  'Java (OkHttp)': ['okhttp/'],
  Java: ['java/', 'java-http-client/'],
  'Java (HttpClient)': ['apache-httpclient/'],
  'Kotlin (Ktor)': ['ktor'],
  Ruby: ['ruby', 'faraday '],
  PHP: ['guzzlehttp/', 'symfony httpclient'],
  Dart: ['dart/'],
  PowerShell: ['powershell/'],
  curl: ['curl/', 'libcurl/'],
  Wget: ['wget/'],
  HTTPie: ['httpie/'],
}

/** `node` alone is Node.js; `nodejs-thing/1` is something else. */
const hasPrefix = (agent: string, prefix: string): boolean => {
  if (!agent.startsWith(prefix)) return false
  const next = agent[prefix.length]
  return next === undefined || !/[a-z]$/.test(prefix) || !/[a-z0-9._-]/.test(next)
}

/** The log name of the runtime or library at the start of a user agent, or `null`. */
export function runtimeIn(userAgent: string): string | null {
  const agent = userAgent.trim().toLowerCase()
  const isIn = (prefixes: readonly string[]) => prefixes.some((one) => hasPrefix(agent, one))
  return Object.keys(runtimes).find((label) => isIn(runtimes[label] ?? [])) ?? null
}

/** Whether a log name is a runtime's, which many programs share. */
export const isRuntimeLabel = (label: string): boolean => Object.hasOwn(runtimes, label)
