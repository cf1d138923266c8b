import 'server-only'
import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { ProbeAnswer } from '@/lib/diagnosis/facts'

/** A request as a client could make it. */
export type Question = Pick<ProbeAnswer, 'target' | 'method' | 'url' | 'userAgent'> & {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** The limits of one request. */
export type Patience = {
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
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  )

const noReply = (error: string): Reply => ({ status: null, headers: {}, body: '', error })

function readReply(response: IncomingMessage, resolve: (reply: Reply) => void): void {
  const chunks: Buffer[] = []
  let size = 0
  const finish = () =>
    resolve({
      status: response.statusCode ?? null,
      headers: plainHeaders(response),
      body: Buffer.concat(chunks).toString('utf8').slice(0, longestBody),
      error: null,
    })
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    size += chunk.byteLength
    if (size <= longestBody) return
    finish()
    response.destroy()
  })
  response.on('end', finish)
  // a truncated body is still an answer: status and headers arrived
  response.on('error', finish)
}

function send({ url, method, headers, body, userAgent }: Question, patience: Patience) {
  const timeout = AbortSignal.timeout(patience.timeoutMs)
  const options: RequestOptions = {
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
  }
  const request = url.startsWith('https:') ? requestHttps : requestHttp
  return new Promise<Reply>((resolve) => {
    const outgoing = request(url, options, (response) => readReply(response, resolve))
    outgoing.on('error', (error: NodeJS.ErrnoException) =>
      resolve(noReply(timeout.aborted ? 'timeout' : (error.code ?? error.message))),
    )
    outgoing.end(body)
  })
}

/** Sends one request without following redirects. Never throws: a failure is reported in `error`. */
export async function ask(question: Question, patience: Patience): Promise<ProbeAnswer> {
  const { target, method, url, userAgent } = question
  const since = performance.now()
  const reply = await send(question, patience)
  return {
    target,
    method,
    url,
    userAgent,
    ...reply,
    durationMs: Math.round(performance.now() - since),
  }
}
