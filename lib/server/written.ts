import type { IncomingMessage } from 'node:http'
import { defaultHeaders } from '@/lib/http/default-headers'

/** A complete response. */
export type Written = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Adds the headers that Next sets on every route. */
export function withDefaults(response: Response): Response {
  for (const name in defaultHeaders) response.headers.set(name, defaultHeaders[name] ?? '')
  return response
}

/** A response outside of Next, to be written by Node. */
export async function written(response: Response): Promise<Written> {
  const { status, headers } = withDefaults(response)
  return { status, headers: Object.fromEntries(headers), body: await response.text() }
}

/** The headers of a request to Node. */
export function headersOf({ headers }: Pick<IncomingMessage, 'headers'>): Headers {
  const pairs = Object.entries(headers).map(([name, value]) => [name, String(value)] as const)
  return new Headers(pairs.filter(([name]) => !name.startsWith(':')) as [string, string][])
}

/** The path of a target as it arrived; `*` if it is not a path and might contain a secret. */
export const pathOf = (target: string): string =>
  target.startsWith('/') ? (target.split('?', 1)[0] ?? '/') : '*'
