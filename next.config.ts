import type { NextConfig } from 'next'

/**
 * For everything that is no page; pages get a policy with a nonce from proxy.ts. Nothing here is
 * ever framed (OAuth 2.1 "Clickjacking", RFC 9700 §4.16).
 */
const headers = [
  {
    key: 'Content-Security-Policy',
    value: "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'no-referrer' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=()' },
]

const config: NextConfig = {
  poweredByHeader: false,
  // `/mcp` and `/mcp/` are one endpoint: a 308 would cost Claude its Authorization header.
  skipTrailingSlashRedirect: true,
  // `npm run check` runs the compiler over everything; a start has no use for the types of tests
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['@electric-sql/pglite', '@node-rs/argon2', 'pg', '@prisma/adapter-pg'],
  outputFileTracingIncludes: { '/*': ['./prisma/migrations/**'] },
  headers: async () => [{ source: '/:path*', headers }],
}

export default config
