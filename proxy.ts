import { type NextRequest, NextResponse } from 'next/server'

/**
 * The policy of a page. There is no `form-action` on purpose: Chromium applies it to the whole
 * redirect chain that a form starts, and the consent form ends at the client's redirect URI and
 * beyond. Styles are written inline by positioning libraries, which can run nothing.
 */
function contentSecurityPolicy(nonce: string): string {
  const development = process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : ''
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Gives every page a nonce of its own; Next puts it on its scripts from the request's header. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = crypto.randomUUID().replaceAll('-', '')
  const policy = contentSecurityPolicy(nonce)
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('Content-Security-Policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('Content-Security-Policy', policy)
  return response
}

// pages only: the body of a proxied route is cut at 10 MB
export const config = {
  matcher: [
    '/sign-in',
    '/account',
    '/setup',
    '/connections',
    '/connections/((?!export).*)',
    '/invite',
    '/consent/:interaction',
    '/admin',
    '/admin/((?!log/stream|handshakes/stream|approvals/count|.*/export).*)',
    '/shared/:token',
  ],
}
