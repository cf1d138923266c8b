import 'server-only'
import { cookies } from 'next/headers'
import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { notFound } from '@/lib/endpoints/fallback'
import { started } from '@/lib/runtime/start-gate'
import { withLostCookie } from './lost-cookie'
import { authOptions } from './options'
import type { AuthRequest } from './provider-callback'
import { refusedReturn, viaSignInPage, withProviderFault } from './provider-return'
import { isReadablePath, readable } from './readable'
import { isServedByNextAuth } from './served'

const callbackCookies = ['next-auth.callback-url', '__Secure-next-auth.callback-url']

type RouteContext = { params: Promise<{ nextauth: string[] }> }

/** Where to return after sign-in; next-auth keeps it in a cookie while the person is at a provider. */
async function nextOf(request: NextRequest): Promise<string | undefined> {
  const jar = await cookies()
  const found = callbackCookies.map((name) => jar.get(name)?.value).find(Boolean)
  if (!found || URL.canParse(found, request.url)) return found
  // next-auth answers 500 to a malformed one
  for (const name of callbackCookies) jar.delete(name)
  return undefined
}

/** next-auth's routes: sign-in, sign-out, session, CSRF token and provider callbacks. Others are 404. */
export async function authHandler(
  request: NextRequest,
  { params }: RouteContext,
): Promise<Response> {
  const path = new URL(request.url).pathname
  const { nextauth } = await params
  if (!isReadablePath(nextauth)) return notFound(request)
  await started()
  const next = await nextOf(request)
  const arrival: AuthRequest = { headers: request.headers, path, next }
  const options = authOptions(arrival)
  // a provider's own options override its defaults in next-auth, including the id
  const providers = options.providers.map(({ id, options: own }) => String(own?.id ?? id))
  if (!isServedByNextAuth(request.method, nextauth, providers)) return notFound(request)
  const read = await readable(request)
  if (read instanceof Response) return read
  const form = request.method === 'POST' ? await read.clone().text() : ''
  const response: Response =
    refusedReturn(request, nextauth, options) ??
    viaSignInPage(request, await NextAuth(read, { params: { nextauth } }, options))
  return withProviderFault(request, await withLostCookie(request, form, response), arrival)
}
