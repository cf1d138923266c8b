import 'server-only'
import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { ProbeAnswer } from '@/lib/diagnosis/facts'

/** A request as a client could make it. */
export type Question = Pick<ProbeAnswer, 'target' | 'method' | 'url' | 'userAgent'> & {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** The limits of one request. */
type Patience = {
  /** total time in milliseconds, from name resolution to the last byte */
  readonly timeoutMs: number
  /** aborts the request */
  readonly signal: AbortSignal
}

/** Documents are a few kilobytes; the start is enough to recognise a page served in their place. */
const longestBody = 20_000

type Reply = Pick<ProbeAnswer, 'status' | 'headers' | 'body' | 'error'>

const plainHeaders = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value = '']) => [name, [value].flat().join(', ')]),
  )

async function replyTo(outgoing: ClientRequest): Promise<Reply> {
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
  let body = ''
  try {
    for await (const text of response.setEncoding('utf8')) {
      body += text
      if (body.length > longestBody) break
    }
  } catch {
    // a truncated body is still an answer: status and headers arrived
  }
  const status = response.statusCode ?? null
  return { status, headers: plainHeaders(response), body: body.slice(0, longestBody), error: null }
}

async function send(question: Question, patience: Patience): Promise<Reply> {
  const { url, method, headers, body, userAgent } = question
  const timeout = AbortSignal.timeout(patience.timeoutMs)
  const request = url.startsWith('https:') ? requestHttps : requestHttp
  try {
    const outgoing = request(url, {
      method,
      signal: AbortSignal.any([timeout, patience.signal]),
      // a new connection each time: the probe measures the whole route, not a reused connection
      agent: false,
      headers: {
        Accept: '*/*',
        'Accept-Encoding': 'identity',
        'User-Agent': userAgent,
        ...(body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }),
        ...headers,
      },
    })
    // once it has a response, whoever reads the body notices an error
    outgoing.on('error', () => {}).end(body)
    const reply = await replyTo(outgoing)
    // a body that stalls is no answer: whoever waits for all of it gives up, too
    timeout.throwIfAborted()
    return reply
  } catch (fault) {
    const { code, message } = fault as NodeJS.ErrnoException
    const error = timeout.aborted ? 'timeout' : (code ?? message)
    return { status: null, headers: {}, body: '', error }
  }
}

/** Sends one request without following redirects. Never throws: a failure is reported in `error`. */
export async function ask(question: Question, patience: Patience): Promise<ProbeAnswer> {
  const { target, method, url, userAgent } = question
  const since = performance.now()
  const reply = await send(question, patience)
  const durationMs = Math.round(performance.now() - since)
  return { target, method, url, userAgent, ...reply, durationMs }
}
