import 'server-only'
import { tlsCauseOf } from '@/lib/tls-cause'
import type { AuthRequest } from './provider-callback'

/** next-auth reports a fault only in its log, while it handles the request. */
const causes = new WeakMap<AuthRequest, string>()

/** Notes the TLS cause of a provider fault, if it has one. */
export function noteProviderFault(request: AuthRequest, details: unknown): void {
  const cause = tlsCauseOf(details)
  if (cause) causes.set(request, cause.code)
}

/** Node's TLS error code for the provider of a request, or `null`. */
export const providerTlsCause = (request: AuthRequest): string | null => causes.get(request) ?? null
