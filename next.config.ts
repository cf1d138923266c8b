import type { NextConfig } from 'next'
import { strictTransport } from './lib/cli/transport.mjs'
import { defaultHeaders } from './lib/http/default-headers'

const isVercel = Boolean(process.env.VERCEL)

const defaults = Object.entries(defaultHeaders).map(([key, value]) => ({ key, value }))
// Vercel serves nothing but https; a Node host knows its origin when it starts (lib/cli/serve.mjs)
const headers = isVercel ? [...defaults, strictTransport] : defaults

const noEmbedded = './lib/store/database/no-embedded.ts'
/** Functions have no disk to keep a database on, and are the slower to start the larger they are. */
const forFunctions = {
  '@electric-sql/pglite': noEmbedded,
  '@electric-sql/pglite/node-postgres': noEmbedded,
}
/** Routes, pages and the instrumentation would each hold a copy of what is bundled into all of them. */
const heldOnce = [
  '@modelcontextprotocol/sdk',
  '@modelcontextprotocol/server',
  '@simplewebauthn/server',
  'jose',
  'nodemailer',
  'zod',
]

const config: NextConfig = {
  poweredByHeader: false,
  // what ships is made of it (lib/cli/package.mjs); Vercel makes functions of the same build itself
  ...(isVercel ? {} : { output: 'standalone' as const }),
  // `/mcp` and `/mcp/` are one endpoint: a 308 would cost Claude its Authorization header.
  skipTrailingSlashRedirect: true,
  // `npm run check` runs the compiler over everything; a start has no use for the types of tests
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    // a function is the slower to start the more files it loads, and holds what one request needs
    ...(isVercel ? [] : ['@electric-sql/pglite', ...heldOnce]),
    '@node-rs/argon2',
    'pg',
    '@prisma/adapter-pg',
  ],
  // no page has a picture to scale, and the library for it is as large as Next
  images: { unoptimized: true },
  turbopack: { resolveAlias: isVercel ? forFunctions : {} },
  // what clients call is loaded with the application; a page is, when somebody first asks for it
  experimental: {
    preloadEntriesOnStart: false,
    // a build is to take as little memory as it can: it keeps nothing for the next one, and no maps
    turbopackFileSystemCacheForBuild: false,
    turbopackSourceMaps: false,
    turbopackPluginRuntimeStrategy: 'workerThreads',
    // where nothing stands in front of Next (lib/http/body-limit.ts)
    serverActions: { bodySizeLimit: '64kb' },
    proxyClientMaxBodySize: '64kb',
    cpus: 1,
  },
  outputFileTracingExcludes: {
    '*': [
      '**/node_modules/sharp/**',
      '**/node_modules/@img/**',
      '**/next/dist/server/capsize-font-metrics.json',
    ],
  },
  // while somebody develops, Next prints each request with its query: not that of a link
  ...(process.env.NODE_ENV === 'development' && {
    logging: { incomingRequests: { ignore: [/^\/+(shared|invite|setup)\b/i] } },
  }),
  headers: async () => [{ source: '/:path*', headers }],
  // one route downloads every list; as a path of its own, it would be taken for the page of an item
  rewrites: async () => ({
    beforeFiles: [{ source: '/admin/:list/export', destination: '/admin/export/:list' }],
    afterFiles: [],
    fallback: [],
  }),
}

export default config
