/**
 * Runtimes and HTTP libraries that programs of all kinds are made with. Such a user agent says nothing of
 * which program it is; two different ones were not sent by one library.
 */
export type Runtime = {
  /** its name without a version */
  readonly id: string
  /** what its requests are called in the log */
  readonly label: string
  /** what its user agent begins with, in small letters */
  readonly begins: readonly string[]
}

/** As their documentation says, or as servers log them. */
const runtimes: readonly Runtime[] = [
  { id: 'python-httpx', label: 'Python (httpx)', begins: ['python-httpx/'] },
  { id: 'python-requests', label: 'Python (requests)', begins: ['python-requests/'] },
  { id: 'python-urllib', label: 'Python (urllib)', begins: ['python-urllib'] },
  { id: 'python-aiohttp', label: 'Python (aiohttp)', begins: ['python/', 'aiohttp/'] },
  { id: 'node-fetch', label: 'Node.js', begins: ['node-fetch'] },
  { id: 'node', label: 'Node.js', begins: ['node', 'node.js', 'node/', 'node.js/'] },
  { id: 'undici', label: 'Node.js', begins: ['undici'] },
  { id: 'axios', label: 'Node.js (axios)', begins: ['axios/'] },
  { id: 'got', label: 'Node.js (got)', begins: ['got (', 'got/'] },
  { id: 'superagent', label: 'Node.js (superagent)', begins: ['node-superagent/'] },
  { id: 'deno', label: 'Deno', begins: ['deno/'] },
  { id: 'bun', label: 'Bun', begins: ['bun/'] },
  { id: 'workerd', label: 'Cloudflare Workers', begins: ['cloudflare-workers'] },
  { id: 'go', label: 'Go', begins: ['go-http-client/', 'go-resty/'] },
  { id: 'reqwest', label: 'Rust (reqwest)', begins: ['reqwest'] },
  { id: 'hyper', label: 'Rust (hyper)', begins: ['hyper/'] },
  { id: 'okhttp', label: 'Java (OkHttp)', begins: ['okhttp/'] },
  { id: 'java', label: 'Java', begins: ['java/', 'java-http-client/'] },
  { id: 'apache-httpclient', label: 'Java (HttpClient)', begins: ['apache-httpclient/'] },
  { id: 'ktor', label: 'Kotlin (Ktor)', begins: ['ktor'] },
  { id: 'ruby', label: 'Ruby', begins: ['ruby', 'faraday '] },
  { id: 'php', label: 'PHP', begins: ['guzzlehttp/', 'symfony httpclient'] },
  { id: 'dart', label: 'Dart', begins: ['dart/'] },
  { id: 'powershell', label: 'PowerShell', begins: ['powershell/'] },
  { id: 'curl', label: 'curl', begins: ['curl/', 'libcurl/'] },
  { id: 'wget', label: 'Wget', begins: ['wget/'] },
  { id: 'httpie', label: 'HTTPie', begins: ['httpie/'] },
]

/** `node` alone is Node.js; `nodejs-thing/1` is something else. */
const hasPrefix = (agent: string, begins: string): boolean => {
  if (!agent.startsWith(begins)) return false
  const next = agent[begins.length]
  return next === undefined || !/[a-z]$/.test(begins) || !/[a-z0-9._-]/.test(next)
}

/** The runtime or library that a user agent names and nothing else, or `null`. */
export function runtimeIn(userAgent: string): Runtime | null {
  const agent = userAgent.trim().toLowerCase()
  return runtimes.find(({ begins }) => begins.some((start) => hasPrefix(agent, start))) ?? null
}

/** Whether a name of the log is that of a runtime, which many programs share. */
export const isRuntimeLabel = (label: string): boolean =>
  runtimes.some((runtime) => runtime.label === label)
