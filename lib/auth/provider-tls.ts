import 'server-only'
import { tlsCauseInWords } from '@/lib/tls-cause'
import type { AuthRequest } from './provider-callback'

/** next-auth tells of a fault in its log alone, while it answers the request that met it. */
const met = new WeakMap<AuthRequest, string>()

/** Keeps what is wrong with the certificate of a provider, where that is the fault. */
export function noteProviderFault(request: AuthRequest, details: unknown): void {
  const cause = tlsCauseInWords(details)
  if (cause) met.set(request, cause)
}

/** What is wrong with the certificate of the provider that a request was about, or `null`. */
export const providerTlsCause = (request: AuthRequest): string | null => met.get(request) ?? null
