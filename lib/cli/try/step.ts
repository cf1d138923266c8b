/** The names of the steps of the flow, as in the log. */
export type StepName =
  | 'challenge'
  | 'resource metadata'
  | 'server metadata'
  | 'registration'
  | 'authorization'
  | 'token'
  | 'token refresh'
  | 'standing stream'
  | 'end of session'
  | `${string}/${string}`
  | 'initialize'

/** What to check when a step fails. */
const checks: Partial<Record<StepName, string>> = {
  challenge: 'that the server runs, and that this is the URL it printed to paste into Claude',
  'resource metadata': 'that PORTICO_URL is the address you gave to this command',
  'server metadata': 'that nothing in front of the server answers /.well-known/ in its place',
  registration: 'the line client.refused in the log',
  authorization: 'that the page was opened in a browser and answered',
  token: 'the line token.refused in the log, which has the exact reason',
  'token refresh': 'the line token.refused in the log, which has the exact reason',
}

/** A failed step; its message is one sentence for the person who runs the command. */
export class StepFailure extends Error {
  override name = 'StepFailure'
  constructor(step: StepName, came: string) {
    const check = checks[step] ?? 'the last lines of the log'
    super(`${step} failed: ${came.replace(/\.$/, '')}; check ${check}.`)
  }
}

/** The parameters of a form body. */
const formOf = (init: RequestInit | undefined): URLSearchParams =>
  init?.body instanceof URLSearchParams ? init.body : new URLSearchParams()

function rpcMethod(body: unknown): string | null {
  if (typeof body !== 'string') return null
  const { method, params } = JSON.parse(body) as { method?: string; params?: { name?: string } }
  return method === 'tools/call' ? `${method} ${params?.name}` : (method ?? null)
}

function mcpStep(init: RequestInit | undefined): StepName {
  if (init?.method === 'DELETE') return 'end of session'
  if (init?.method !== 'POST') return 'standing stream'
  if (!new Headers(init.headers).has('authorization')) return 'challenge'
  return (rpcMethod(init.body) ?? 'initialize') as StepName
}

/** The step that a request belongs to. */
export function stepOf(url: URL, init: RequestInit | undefined, mcpUrl: URL): StepName {
  if (url.href === mcpUrl.href) return mcpStep(init)
  if (url.pathname.startsWith('/.well-known/oauth-protected-resource')) return 'resource metadata'
  if (url.pathname.includes('/.well-known/')) return 'server metadata'
  const grantType = formOf(init).get('grant_type')
  if (grantType === 'refresh_token') return 'token refresh'
  return grantType === null ? 'registration' : 'token'
}
