import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js'
import { visible } from '@/lib/text'
import { type StepName, stepOf } from './step'

/** The last request, and the problem with its answer. */
export type Last = { readonly step: StepName; readonly problem: string | null }

/** A `fetch` that prints each step as it is answered. */
export type Trace = { readonly fetch: FetchLike; last(): Last }

const patienceMs = 30_000

const longestNote = 1000

/** Prints a note below the last step. */
export const printNote = (note: string): void => printLine('', '', '', note)

/** Prints a step as one line. */
export function printStep(step: string, status: number | null, ms: number, note: string): void {
  printLine(step, String(status ?? ''), `${Math.round(ms)} ms`, note)
}

function printLine(step: string, status: string, ms: string, note: string): void {
  const columns = [step.padEnd(28), status.padEnd(3), ms.padStart(9)].join('  ')
  // the note is the tested server's text
  console.log(`  ${columns}   ${visible(note, longestNote)}`.trimEnd())
}

type Answer = { readonly [member: string]: unknown }

async function jsonOf(response: Response): Promise<Answer> {
  const isJson = response.headers.get('content-type')?.includes('json')
  const body: unknown = isJson ? await response.clone().json() : null
  return typeof body === 'object' && body !== null ? (body as Answer) : {}
}

/** A note on an answer; never a token, a code or a secret. */
function noteOf(step: StepName, url: URL, { headers, status }: Response, answer: Answer): string {
  if (step === 'challenge') return headers.get('www-authenticate') ?? 'no WWW-Authenticate'
  if (step.endsWith('metadata')) return url.pathname
  if (step === 'registration') return String(answer.client_id ?? '')
  if (step === 'standing stream' && status === 405) return 'none is offered, which is allowed'
  if (!step.startsWith('token')) return ''
  return `${answer.token_type}, scope "${answer.scope}", for ${answer.expires_in} s`
}

/** The challenge is a 401, and a server need not offer a standing stream. */
const isExpected = (step: StepName, status: number): boolean =>
  step === 'challenge'
    ? status === 401
    : status < 300 || (step === 'standing stream' && status === 405)

const problemOf = (status: number, { error, error_description: description }: Answer): string =>
  [`HTTP ${status}`, error, description].filter((part) => typeof part === 'string').join(', ')

/** Why a request failed; `fetch` puts it into the cause. */
function faultOf(error: unknown): string {
  const { cause, message } = error as Error
  const fault = cause instanceof Error ? cause : null
  return (fault && 'code' in fault ? String(fault.code) : fault?.message) || message
}

/** Wraps `fetch` for the SDK: sets the user agent, prints every step and remembers the last. */
export function traceFetch(mcpUrl: URL, userAgent: string): Trace {
  let last: Last = { step: 'challenge', problem: null }
  const traced: FetchLike = async (input, init) => {
    const url = new URL(input)
    const step = stepOf(url, init, mcpUrl)
    const headers = new Headers(init?.headers)
    headers.set('user-agent', userAgent)
    const signals = [AbortSignal.timeout(patienceMs), ...(init?.signal ? [init.signal] : [])]
    const since = performance.now()
    last = { step, problem: null }
    try {
      const response = await fetch(url, { ...init, headers, signal: AbortSignal.any(signals) })
      const answer = await jsonOf(response)
      const ms = performance.now() - since
      const problem = isExpected(step, response.status) ? null : problemOf(response.status, answer)
      printStep(step, response.status, ms, problem ?? noteOf(step, url, response, answer))
      if (problem) last = { step, problem }
      return response
    } catch (error) {
      last = { step, problem: `no answer from ${url.origin} (${faultOf(error)})` }
      throw error
    }
  }
  return { fetch: traced, last: () => last }
}
