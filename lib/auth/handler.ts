import 'server-only'
import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { notFound } from '@/lib/endpoints/fallback'
import { started } from '@/lib/runtime/start-gate'
import { authOptions } from './options'
import type { AuthRequest } from './provider-callback'
import { withProviderFault } from './provider-fault'
import { isServedByNextAuth } from './served'

type RouteContext = { params: Promise<{ nextauth: string[] }> }

/** Where the page leads that somebody came from; next-auth keeps it while they are at a provider. */
function nextOf(request: NextRequest): string | undefined {
  const names = ['next-auth.callback-url', '__Secure-next-auth.callback-url']
  return names.map((name) => request.cookies.get(name)?.value).find(Boolean)
}

/** next-auth's own routes: sign-in, sign-out, session, CSRF token, and where providers answer. The others are 404. */
export async function authHandler(
  request: NextRequest,
  { params }: RouteContext,
): Promise<Response> {
  await started()
  const path = new URL(request.url).pathname
  const arrival: AuthRequest = { headers: request.headers, path, next: nextOf(request) }
  const options = authOptions(arrival)
  const { nextauth } = await params
  const providers = options.providers.map(({ id }) => id)
  if (!isServedByNextAuth(request.method, nextauth, providers)) return notFound(request)
  const response: Response = await NextAuth(request, { params: { nextauth } }, options)
  return withProviderFault(request, response, arrival)
}
