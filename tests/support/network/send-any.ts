import { Agent, request as ask, type IncomingMessage } from 'node:http'
import type { AnyRequest } from './any-request'

/** The response; status 0 if the connection was closed without one. */
export type AnyAnswer = {
  readonly status: number
  readonly text: string
  /** timed out */
  readonly isHung: boolean
}

const agent = new Agent({ keepAlive: true, maxSockets: 32 })
/** Generous for a busy machine; anything slower would hang forever. */
const longestMs = 60_000

/** For an endless stream, its start is enough. */
const isEndless = (answer: IncomingMessage): boolean =>
  answer.headers['content-type']?.startsWith('text/event-stream') === true

/**
 * Sends a request as is, where a browser would normalise it.
 *
 * @param cookie of a signed-in user, or none
 */
export function sendAny(origin: string, any: AnyRequest, address: string, cookie: string) {
  const { hostname, port } = new URL(origin)
  const { method, path, body } = any
  const own = { 'x-forwarded-for': address, ...(cookie ? { cookie } : {}) }
  const headers = { 'user-agent': 'properties', ...any.headers, ...own }
  return new Promise<AnyAnswer>((resolve) => {
    const request = ask({ hostname, port, method, path, headers, agent })
    const late = setTimeout(() => {
      resolve({ status: 0, text: '', isHung: true })
      request.destroy()
    }, longestMs)
    const settle = (status: number, text: string) => {
      clearTimeout(late)
      resolve({ status, text, isHung: false })
    }
    request.on('error', () => settle(0, ''))
    request.on('response', (answer) => {
      const { statusCode = 0 } = answer
      if (isEndless(answer)) {
        settle(statusCode, '')
        request.destroy()
        return
      }
      let text = ''
      answer.setEncoding('utf8').on('data', (data) => {
        text += data
      })
      answer.on('end', () => settle(statusCode, text)).on('error', () => settle(0, text))
    })
    request.end(body)
  })
}
