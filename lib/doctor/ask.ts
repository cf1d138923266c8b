import 'server-only'
import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { ProbeAnswer } from '@/lib/diagnosis/facts'

/** One request that a client could make. */
export type Question = Pick<ProbeAnswer, 'target' | 'method' | 'url' | 'userAgent'> & {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Limits of one question. */
export type Patience = {
  /** milliseconds for everything, from name resolution to the last byte */
  readonly timeoutMs: number
  /** ends it early */
  readonly signal: AbortSignal
}

/** Documents are a few kilobytes; a page that answers in their place is told by its beginning. */
const longestBody = 20_000

type Reply = Pick<ProbeAnswer, 'status' | 'headers' | 'body' | 'error'>

const plainHeaders = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  )

const silence = (error: string): Reply => ({ status: null, headers: {}, body: '', error })

function listen(response: IncomingMessage, heard: (answer: Reply) => void): void {
  const chunks: Buffer[] = []
  let size = 0
  const tell = () =>
    heard({
      status: response.statusCode ?? null,
      headers: plainHeaders(response),
      body: Buffer.concat(chunks).toString('utf8').slice(0, longestBody),
      error: null,
    })
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    size += chunk.byteLength
    if (size <= longestBody) return
    tell()
    response.destroy()
  })
  response.on('end', tell)
  // a body that breaks off is still an answer: its status and headers came
  response.on('error', tell)
}

function hear({ url, method, headers, body, userAgent }: Question, patience: Patience) {
  const timeout = AbortSignal.timeout(patience.timeoutMs)
  const options: RequestOptions = {
    method,
    signal: AbortSignal.any([timeout, patience.signal]),
    // a connection of its own: what is measured is the way, and not a connection that was left open
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
    const outgoing = request(url, options, (response) => listen(response, resolve))
    outgoing.on('error', (error: NodeJS.ErrnoException) =>
      resolve(silence(timeout.aborted ? 'timeout' : (error.code ?? error.message))),
    )
    outgoing.end(body)
  })
}

/** Asks once, follows no redirect, and never throws: no answer is an answer, too. */
export async function ask(question: Question, patience: Patience): Promise<ProbeAnswer> {
  const { target, method, url, userAgent } = question
  const since = performance.now()
  const heard = await hear(question, patience)
  return {
    target,
    method,
    url,
    userAgent,
    ...heard,
    durationMs: Math.round(performance.now() - since),
  }
}
