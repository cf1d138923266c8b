/**
 * Headers of everything but pages, which get a policy with a nonce from proxy.ts. Nothing may be
 * framed (OAuth 2.1 "Clickjacking", RFC 9700 §4.16).
 */
export const defaultHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  'X-Frame-Options': 'DENY',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
}
