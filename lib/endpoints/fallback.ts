import 'server-only'
import { htmlPage, wantsHtml } from '@/lib/http/page'
import { json, seeOther } from '@/lib/http/responses'
import { record } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import { addresses } from './addresses'
import { endpoint } from './endpoint'

/** Paths that people and clients try when they do not know the right one. */
function hintFor(path: string): string | undefined {
  const { mcpUrl } = addresses()
  if (/^\/(sse|messages?)\b/.test(path)) return `HTTP+SSE is not served; use ${mcpUrl}`
  if (/^\/(api\/)?mcp\b/i.test(path) || path === '/') return `the MCP endpoint is ${mcpUrl}`
  return undefined
}

function missed(request: Request, exchange: Exchange): Response {
  const hint = hintFor(exchange.path)
  record(exchange, 'path.missed', 404, { hint })
  if (wantsHtml(request)) {
    return htmlPage(
      {
        title: 'There is nothing here',
        message: hint ?? 'This server has no page at that address.',
        next: 'Check the address for typos, or go to /admin.',
      },
      404,
    )
  }
  return json({ error: 'not_found', error_description: hint ?? 'no such path' }, 404)
}

const everyMethod = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** Answers every unknown path and records it: a client's wrong path is a clue. */
export const notFound = endpoint('not found', {
  cors: true,
  methods: Object.fromEntries(everyMethod.map((method) => [method, missed])),
})

/** The bare origin: redirects people to the dashboard, points clients to the MCP endpoint. */
export const bareOrigin = endpoint('root', {
  cors: true,
  methods: {
    ...Object.fromEntries(everyMethod.map((method) => [method, missed])),
    GET: (request, exchange) => {
      if (!wantsHtml(request)) return missed(request, exchange)
      record(exchange, 'root.visited', 303, {})
      return seeOther('/admin')
    },
  },
})
