import 'server-only'
import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { authOptions } from './options'

type RouteContext = { params: Promise<{ nextauth: string[] }> }

/** next-auth's own routes: sign-in, sign-out, session, CSRF token. */
export async function authHandler(
  request: NextRequest,
  { params }: RouteContext,
): Promise<Response> {
  return NextAuth(request, { params: await params }, authOptions(request.headers))
}
