/**
 * Headers of everything that is no page; pages get a policy with a nonce from proxy.ts. Nothing is
 * ever framed (OAuth 2.1 "Clickjacking", RFC 9700 §4.16).
 */
export const restingHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  'X-Frame-Options': 'DENY',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
}
