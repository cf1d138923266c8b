import 'server-only'
import { cookies } from 'next/headers'
import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { notFound } from '@/lib/endpoints/fallback'
import { started } from '@/lib/runtime/start-gate'
import { withLostCookie } from './lost-cookie'
import { authOptions } from './options'
import { viaSignInPage } from './provider-arrival'
import type { AuthRequest } from './provider-callback'
import { withProviderFault } from './provider-fault'
import { refusedReturn } from './provider-steps'
import { isReadablePath, readable } from './readable'
import { isServedByNextAuth } from './served'

const callbackCookies = ['next-auth.callback-url', '__Secure-next-auth.callback-url']

type RouteContext = { params: Promise<{ nextauth: string[] }> }

/** Where the page leads that somebody came from; next-auth keeps it while they are at a provider. */
async function nextOf(request: NextRequest): Promise<string | undefined> {
  const jar = await cookies()
  const found = callbackCookies.map((name) => jar.get(name)?.value).find(Boolean)
  if (!found || URL.canParse(found, request.url)) return found
  // a broken one is of no use to anybody, and next-auth makes a 500 of it
  for (const name of callbackCookies) jar.delete(name)
  return undefined
}

/** next-auth's own routes: sign-in, sign-out, session, CSRF token, and where providers answer. The others are 404. */
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
  // next-auth lays a provider's own options over what stands for its kind, its id among them
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
