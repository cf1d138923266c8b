import 'server-only'
import { tlsCauseOf } from '@/lib/tls-cause'
import type { AuthRequest } from './provider-callback'

/** next-auth tells of a fault in its log alone, while it answers the request that met it. */
const met = new WeakMap<AuthRequest, string>()

/** Keeps what is wrong with TLS at a provider, where that is the fault. */
export function noteProviderFault(request: AuthRequest, details: unknown): void {
  const cause = tlsCauseOf(details)
  if (cause) met.set(request, cause.code)
}

/** What is wrong with TLS at the provider that a request was about, as Node names it; or `null`. */
export const providerTlsCause = (request: AuthRequest): string | null => met.get(request) ?? null
