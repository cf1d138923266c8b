import path from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { variables } from '@/lib/config/all'
import { ConfigurationError, env, readEnv, setNextAuthUrl } from '@/lib/config/env'
import { isLoopbackHost } from '@/lib/loopback'
import { verifies } from './support/sources/verifies'

type Source = Readonly<Record<string, string | undefined>>

const vercel = {
  VERCEL: '1',
  DATABASE_URL: 'postgresql://db.example/portico',
  PORTICO_SECRET: 's'.repeat(32),
  PORTICO_URL: 'https://portico.example.com',
}

const key = Buffer.alloc(24).toString('base64')
const mail = {
  PORTICO_ALERT_EMAIL: 'a@example.com',
  PORTICO_SMTP_URL: 'smtp://mail.example',
  PORTICO_SMTP_FROM: 'portico@example.com',
}
const submission = { host: 'mail.example', port: 587, implicitTls: false, credentials: null }
const letters = { from: 'portico@example.com', to: ['a@example.com'] }

function problemsOf(source: Source): readonly string[] {
  try {
    readEnv(source)
    return []
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems
    throw error
  }
}

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('readEnv', () => {
  const defaults = {
    port: 3000,
    host: null,
    origin: 'http://localhost:3000',
    mcpUrl: 'http://localhost:3000/mcp',
    formerOrigins: [],
    serverName: 'Portico',
    databaseUrl: null,
    dataDir: path.resolve('.data'),
    secret: null,
    firstAdmin: null,
    proxyHops: 0,
    stopSeconds: 10,
    allowedOrigins: [],
    refusedQuirks: new Set(),
    internalClientHosts: [],
    clientApproval: 'none',
    lifetimes: { accessToken: 3600, refreshIdle: 30 * 86_400, refreshMax: 365 * 86_400 },
    eventDays: 90,
    eventMegabytes: 512,
    alerts: { webhook: null, email: null },
    signIn: { github: null, google: null, oidc: null, allowed: [], newcomerRole: 'member' },
    directUrl: null,
    databasePool: 10,
    migrate: 'always',
    telemetry: { metrics: null, otlp: null, log: 'text' },
    hasDisk: true,
    isServerless: false,
    isPreview: false,
    deployment: '',
    cronSecret: null,
    streamSeconds: null,
    streamsPerConnection: 128,
  }

  test('needs nothing', () => {
    expect(readEnv({})).toEqual(defaults)
  })

  test('takes an empty value for an absent one', () => {
    const empty = Object.fromEntries(Object.keys(variables).map((name) => [name, '']))
    expect(readEnv(empty)).toEqual(defaults)
  })

  test('reads no other variable', () => {
    expect(readEnv({ NODE_ENV: 'production', portico_url: 'x', HOME: '/x' })).toEqual(defaults)
  })

  test('documents the defaults it has', () => {
    const documented = Object.entries(variables).map(([name, { default: standard }]) => [
      name,
      typeof standard === 'object' ? (standard.embedded ?? standard.usual) : standard,
    ])
    expect(readEnv(Object.fromEntries(documented))).toEqual(defaults)
  })

  test.each<[Source, Partial<ReturnType<typeof readEnv>>]>([
    [
      { PORT: '8080' },
      { port: 8080, origin: 'http://localhost:8080', mcpUrl: 'http://localhost:8080/mcp' },
    ],
    [
      { PORT: '8080', PORTICO_URL: 'https://portico.example.com' },
      { port: 8080, origin: 'https://portico.example.com' },
    ],
    [
      {
        PORTICO_URL: 'https://PORTICO.example.com/',
        PORTICO_FORMER_URLS:
          'https://OLD.example/, https://portico.example.com:443, http://localhost:3000,https://old.example',
      },
      {
        origin: 'https://portico.example.com',
        formerOrigins: ['https://old.example', 'http://localhost:3000'],
      },
    ],
    [{ PORTICO_EVENT_DAYS: '30' }, { eventDays: 30 }],
    [{ PORTICO_EVENT_MEGABYTES: '64' }, { eventMegabytes: 64 }],
    [
      { DATABASE_URL: 'postgresql://localhost/portico' },
      { databaseUrl: 'postgresql://localhost/portico', eventMegabytes: 1024 },
    ],
    [{ PORTICO_SERVER_NAME: '  My server ' }, { serverName: 'My server' }],
    [
      { DATABASE_URL: 'postgres://db.example/portico' },
      { databaseUrl: 'postgres://db.example/portico' },
    ],
    [{ PORTICO_DATA_DIR: '/var/lib/portico' }, { dataDir: path.resolve('/var/lib/portico') }],
    [{ PORTICO_SECRET: 's'.repeat(32) }, { secret: 's'.repeat(32) }],
    [
      { PORTICO_ADMIN_EMAIL: 'a@example.com', PORTICO_ADMIN_PASSWORD: 'p'.repeat(12) },
      { firstAdmin: { email: 'a@example.com', password: 'p'.repeat(12) } },
    ],
    [{ PORTICO_PROXY_HOPS: '2' }, { proxyHops: 2 }],
    [{ PORTICO_STOP_SECONDS: '0' }, { stopSeconds: 0 }],
    [{ PORTICO_STOP_SECONDS: '600' }, { stopSeconds: 600 }],
    [
      { PORTICO_ALLOWED_ORIGINS: 'https://a.example, https://b.example/' },
      { allowedOrigins: ['https://a.example', 'https://b.example'] },
    ],
    [
      { PORTICO_ALERT_WEBHOOK_URL: 'https://hooks.example/a', PORTICO_ALERT_WEBHOOK_SECRET: key },
      {
        alerts: { webhook: { url: 'https://hooks.example/a', key: Buffer.alloc(24) }, email: null },
      },
    ],
    [
      {
        PORTICO_ALERT_WEBHOOK_URL: 'http://127.0.0.1:9000',
        PORTICO_ALERT_WEBHOOK_SECRET: `whsec_${key}`,
      },
      {
        alerts: { webhook: { url: 'http://127.0.0.1:9000/', key: Buffer.alloc(24) }, email: null },
      },
    ],
    [mail, { alerts: { webhook: null, email: { ...letters, server: submission } } }],
    [
      {
        ...mail,
        PORTICO_ALERT_EMAIL: 'a@example.com, b@example.com',
        PORTICO_SMTP_URL: 'smtps://u%40example.com:p%2Fw@[::1]',
        PORTICO_SMTP_FROM: 'Portico <portico@example.com>',
      },
      {
        alerts: {
          webhook: null,
          email: {
            server: {
              host: '::1',
              port: 465,
              implicitTls: true,
              credentials: { user: 'u@example.com', pass: 'p/w' },
            },
            from: 'Portico <portico@example.com>',
            to: ['a@example.com', 'b@example.com'],
          },
        },
      },
    ],
    [
      { ...mail, PORTICO_SMTP_URL: 'smtp://mail.example:25/' },
      { alerts: { webhook: null, email: { ...letters, server: { ...submission, port: 25 } } } },
    ],
    [{ PORTICO_CLIENT_APPROVAL: 'first-seen' }, { clientApproval: 'first-seen' }],
    [{ PORTICO_URL: 'http://127.0.0.1:3000' }, { origin: 'http://127.0.0.1:3000' }],
    [vercel, { hasDisk: false, databaseUrl: vercel.DATABASE_URL, secret: vercel.PORTICO_SECRET }],
  ])('reads %j', (source, expected) => {
    expect(readEnv(source)).toMatchObject(expected)
  })

  test.each([
    ['https://portico.example.com', 'https://portico.example.com'],
    ['https://portico.example.com/', 'https://portico.example.com'],
    ['https://PORTICO.example.com:443', 'https://portico.example.com'],
    ['https://portico.example.com:8443', 'https://portico.example.com:8443'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
  ])(verifies(['A10', 'A2'], 'PORTICO_URL=%s is the origin %s'), (value, origin) => {
    const read = readEnv({ PORTICO_URL: value })
    expect(read.origin).toBe(origin)
    expect(read.mcpUrl).toBe(`${origin}/mcp`)
  })

  const insecure = 'PORTICO_URL: must be https, except on localhost'
  const notBare = 'PORTICO_URL: must be a bare origin such as https://portico.example.com'
  test.each([
    ['http://portico.example.com', insecure],
    ['http://localhost.example.com', insecure],
    ['http://10.0.0.1:3000', insecure],
    ['http://0.0.0.0:3000', insecure],
    ['https://portico.example.com/mcp', notBare],
    ['https://portico.example.com/?a=b', notBare],
    ['https://portico.example.com/#a', notBare],
    ['https://user:pass@portico.example.com', notBare],
    ['portico.example.com', 'PORTICO_URL: must be an http(s) URL'],
    ['localhost:3000', 'PORTICO_URL: must be an http(s) URL'],
    ['ftp://portico.example.com', 'PORTICO_URL: must be an http(s) URL'],
  ])(verifies(['A10'], 'PORTICO_URL=%s is refused: %s'), (value, problem) => {
    expect(problemsOf({ PORTICO_URL: value })).toEqual([problem])
  })

  test.each<[Source, RegExp]>([
    [{ PORT: 'http' }, /^PORT: /],
    [{ PORT: '65536' }, /^PORT: /],
    [{ PORT: '-1' }, /^PORT: /],
    [{ PORT: '80.5' }, /^PORT: /],
    [{ PORTICO_SERVER_NAME: ' ' }, /^PORTICO_SERVER_NAME: /],
    [{ PORTICO_SERVER_NAME: 'a'.repeat(81) }, /^PORTICO_SERVER_NAME: /],
    [{ DATABASE_URL: 'mysql://db.example' }, /^DATABASE_URL: must start with postgresql:\/\/$/],
    [{ DATABASE_URL: 'postgresql://' }, /^DATABASE_URL: must start with postgresql:\/\/$/],
    [{ PORTICO_SECRET: 's'.repeat(31) }, /^PORTICO_SECRET: must be at least 32 characters$/],
    [
      { PORTICO_ADMIN_EMAIL: 'admin', PORTICO_ADMIN_PASSWORD: 'p'.repeat(12) },
      /^PORTICO_ADMIN_EMAIL: must be an e-mail address$/,
    ],
    [
      { PORTICO_ADMIN_EMAIL: 'a@example.com', PORTICO_ADMIN_PASSWORD: 'p'.repeat(11) },
      /^PORTICO_ADMIN_PASSWORD: must be at least 12 characters$/,
    ],
    [
      { PORTICO_ADMIN_EMAIL: 'a@example.com' },
      /^PORTICO_ADMIN_EMAIL and PORTICO_ADMIN_PASSWORD: set both or neither$/,
    ],
    [
      { PORTICO_ADMIN_PASSWORD: 'p'.repeat(12) },
      /^PORTICO_ADMIN_EMAIL and PORTICO_ADMIN_PASSWORD: set both or neither$/,
    ],
    [{ PORTICO_PROXY_HOPS: '-1' }, /^PORTICO_PROXY_HOPS: /],
    [{ PORTICO_PROXY_HOPS: '11' }, /^PORTICO_PROXY_HOPS: /],
    [{ PORTICO_PROXY_HOPS: 'two' }, /^PORTICO_PROXY_HOPS: /],
    [{ PORTICO_STOP_SECONDS: '-1' }, /^PORTICO_STOP_SECONDS: /],
    [{ PORTICO_STOP_SECONDS: '601' }, /^PORTICO_STOP_SECONDS: /],
    [
      { PORTICO_ALLOWED_ORIGINS: 'https://a.example,*' },
      /^PORTICO_ALLOWED_ORIGINS: must be an http\(s\) URL$/,
    ],
    [
      { PORTICO_FORMER_URLS: 'https://a.example/mcp' },
      /^PORTICO_FORMER_URLS: must be a bare origin/,
    ],
    [
      { PORTICO_ALLOWED_ORIGINS: 'https://a.example/app' },
      /^PORTICO_ALLOWED_ORIGINS: must be a bare origin/,
    ],
    [
      { PORTICO_ALLOWED_ORIGINS: 'http://a.example' },
      /^PORTICO_ALLOWED_ORIGINS: must be https, except on localhost$/,
    ],
    ...['http://hooks.example', 'hooks.example/a', 'ftp://localhost/a'].map(
      (url): [Source, RegExp] => [
        { PORTICO_ALERT_WEBHOOK_URL: url, PORTICO_ALERT_WEBHOOK_SECRET: key },
        /^PORTICO_ALERT_WEBHOOK_URL: must be an https URL, or http on localhost$/,
      ],
    ),
    ...['a passphrase', 'whsec_', Buffer.alloc(23).toString('base64'), `whsec-${key}`].map(
      (secret): [Source, RegExp] => [
        { PORTICO_ALERT_WEBHOOK_URL: 'https://a.example', PORTICO_ALERT_WEBHOOK_SECRET: secret },
        /^PORTICO_ALERT_WEBHOOK_SECRET: must be 24 to 64 bytes in base64/,
      ],
    ),
    ...[
      'mail.example:25',
      'http://mail.example',
      'smtp://',
      'smtp://mail.example/?logger=true',
    ].map((url): [Source, RegExp] => [
      { ...mail, PORTICO_SMTP_URL: url },
      /^PORTICO_SMTP_URL: must be smtp:/,
    ]),
    [
      { ...mail, PORTICO_ALERT_EMAIL: 'a@example.com, b' },
      /^PORTICO_ALERT_EMAIL: must be e-mail addresses$/,
    ],
    ...['Portico', 'Portico <portico>', 'A\n <portico@example.com>'].map(
      (from): [Source, RegExp] => [
        { ...mail, PORTICO_SMTP_FROM: from },
        /^PORTICO_SMTP_FROM: must be an e-mail address, with or without a name$/,
      ],
    ),
    [
      { PORTICO_ALERT_WEBHOOK_URL: 'https://a.example' },
      /^PORTICO_ALERT_WEBHOOK_URL and PORTICO_ALERT_WEBHOOK_SECRET: set both or neither$/,
    ],
    [
      { ...mail, PORTICO_SMTP_FROM: '' },
      /^PORTICO_ALERT_EMAIL, PORTICO_SMTP_URL and PORTICO_SMTP_FROM: set all of them or none$/,
    ],
    [{ PORTICO_CLIENT_APPROVAL: 'all' }, /^PORTICO_CLIENT_APPROVAL: must be none or first-seen$/],
    [{ ...vercel, DATABASE_URL: '' }, /^DATABASE_URL: must be set on Vercel$/],
    [{ ...vercel, PORTICO_SECRET: undefined }, /^PORTICO_SECRET: must be set on Vercel$/],
    [{ ...vercel, PORTICO_URL: '' }, /^PORTICO_URL: must be set where Vercel names no host/],
    [{ CRON_SECRET: 'short' }, /^CRON_SECRET: must be at least 16 characters$/],
    [{ PORTICO_MIGRATE: 'ask' }, /^PORTICO_MIGRATE: must be always or never$/],
    [{ DIRECT_URL: 'mysql://db.example/portico' }, /^DIRECT_URL: must start with postgresql/],
    [{ DIRECT_URL: 'postgresql://db.example/portico' }, /^DIRECT_URL: must be empty without DAT/],
    [
      { DATABASE_URL: 'postgresql://a:b#c@db.example/portico' },
      /^DATABASE_URL: must be a URL; per/,
    ],
    [{ PORTICO_HOST: 'localhost' }, /^PORTICO_HOST: must be an IP address$/],
  ])('refuses %j', (source, problem) => {
    expect(problemsOf(source)).toEqual([expect.stringMatching(problem)])
  })

  test('names every problem at once, one to a line', () => {
    const source = { PORT: 'x', PORTICO_URL: 'x', PORTICO_SECRET: 'x', PORTICO_PROXY_HOPS: 'x' }
    expect(problemsOf(source).map((problem) => problem.split(':')[0])).toEqual(Object.keys(source))
    expect(() => readEnv(source)).toThrow(problemsOf(source).join('\n'))
  })

  test(verifies(['A45'], 'repeats no value in a problem'), () => {
    const source = Object.fromEntries(Object.keys(variables).map((name) => [name, 'l#aked']))
    const problems = problemsOf(source)
    expect(problems.length).toBeGreaterThan(5)
    expect(problems.join('\n')).not.toContain('l#aked')
  })
})

describe('on Vercel', () => {
  const hosts = {
    VERCEL_URL: 'portico-4f2.example.app',
    VERCEL_BRANCH_URL: 'portico-git-next.example.app',
    VERCEL_PROJECT_PRODUCTION_URL: 'portico.example.app',
  }
  const withoutUrl = { ...vercel, ...hosts, PORTICO_URL: '' }
  const originIn = (source: Source) => readEnv(source).origin

  test('the origin is the one that was set, or the host of production', () => {
    expect(originIn({ ...vercel, ...hosts })).toBe('https://portico.example.com')
    expect(originIn(withoutUrl)).toBe('https://portico.example.app')
    expect(originIn({ ...withoutUrl, VERCEL_PROJECT_PRODUCTION_URL: '' })).toBe(
      'https://portico-4f2.example.app',
    )
  })

  test('a preview has an origin of its own, also where it was given that of production', () => {
    const preview = { ...withoutUrl, VERCEL_ENV: 'preview' }
    expect(originIn(preview)).toBe('https://portico-git-next.example.app')
    expect(originIn({ ...preview, PORTICO_URL: 'https://portico.example.app' })).toBe(
      'https://portico-git-next.example.app',
    )
    expect(originIn({ ...preview, PORTICO_URL: 'https://next.example.com' })).toBe(
      'https://next.example.com',
    )
  })

  test('a preview changes no table unless it is asked to', () => {
    const preview = { ...withoutUrl, VERCEL_ENV: 'preview' }
    expect(readEnv(withoutUrl).migrate).toBe('always')
    expect(readEnv(preview).migrate).toBe('if-empty')
    expect(readEnv({ ...preview, PORTICO_MIGRATE: 'always' }).migrate).toBe('always')
  })

  test('one proxy is in front, whose X-Forwarded-For is believed', () => {
    expect(readEnv(vercel).proxyHops).toBe(1)
    expect(readEnv({ ...vercel, PORTICO_PROXY_HOPS: '2' }).proxyHops).toBe(2)
    expect(readEnv({}).proxyHops).toBe(0)
  })

  test('a process takes few connections, and ends streams before the platform does', () => {
    expect(readEnv(vercel)).toMatchObject({ databasePool: 3, streamSeconds: 280 })
    const chosen = { ...vercel, PORTICO_DATABASE_POOL: '1', PORTICO_STREAM_SECONDS: '0' }
    expect(readEnv(chosen)).toMatchObject({ databasePool: 1, streamSeconds: null })
  })
})

test.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['[::1]', true],
  ['127.0.0.2', false],
  ['0.0.0.0', false],
  ['localhost.example.com', false],
  ['', false],
])('%j is this machine: %s', (host, isLoopback) => {
  expect(isLoopbackHost(host)).toBe(isLoopback)
})

test('the configuration of a process is read once', () => {
  const first = env()
  vi.stubEnv('PORTICO_SERVER_NAME', 'Another')
  expect(env()).toBe(first)
})

test('next-auth is told the origin', () => {
  vi.stubEnv('NEXTAUTH_URL', 'https://wrong.example')
  setNextAuthUrl()
  expect(process.env.NEXTAUTH_URL).toBe(env().origin)
})

describe('sign-in with other providers', () => {
  const gitHub = { PORTICO_GITHUB_ID: 'id', PORTICO_GITHUB_SECRET: 'secret' }
  const oidc = {
    PORTICO_OIDC_ISSUER: 'https://id.example.com/realms/a',
    PORTICO_OIDC_ID: 'id',
    PORTICO_OIDC_SECRET: 'secret',
  }

  test('reads providers, who may come, and what they may do', () => {
    const { signIn } = readEnv({
      ...gitHub,
      ...oidc,
      PORTICO_SIGN_IN_ALLOWED: 'Example.com, @example.org,Ada@Example.net',
      PORTICO_NEWCOMER_ROLE: 'operator',
    })
    expect(signIn).toEqual({
      github: { id: 'id', secret: 'secret' },
      google: null,
      oidc: {
        issuer: 'https://id.example.com/realms/a',
        id: 'id',
        secret: 'secret',
        name: 'single sign-on',
      },
      allowed: ['example.com', 'example.org', 'ada@example.net'],
      newcomerRole: 'operator',
    })
  })

  test.each<[Source, string]>([
    [{ PORTICO_GITHUB_ID: 'id' }, 'PORTICO_GITHUB_ID and PORTICO_GITHUB_SECRET'],
    [{ ...oidc, PORTICO_OIDC_SECRET: '' }, 'PORTICO_OIDC_ISSUER'],
    [{ ...oidc, PORTICO_OIDC_ISSUER: 'http://id.example.com' }, 'PORTICO_OIDC_ISSUER: must be'],
    [{ PORTICO_SIGN_IN_ALLOWED: 'a b@c' }, 'PORTICO_SIGN_IN_ALLOWED: must be'],
    [{ PORTICO_NEWCOMER_ROLE: 'admin' }, 'PORTICO_NEWCOMER_ROLE: must be'],
  ])('refuses %j', (source, problem) => {
    expect(problemsOf(source).join('; ')).toContain(problem)
  })
})

describe('telemetry', () => {
  const telemetryOf = (source: Source) => readEnv(source).telemetry
  const collector = 'http://localhost:4318'

  test.each<[Source, object | null]>([
    [{ PORTICO_METRICS_TOKEN: 't'.repeat(16) }, { token: 't'.repeat(16), listen: null }],
    [{ PORTICO_METRICS_PORT: '9464' }, { token: null, listen: { port: 9464, host: '127.0.0.1' } }],
    [{ PORTICO_METRICS_HOST: '0.0.0.0' }, null],
  ])('%j makes the metrics %j', (source, metrics) => {
    expect(telemetryOf(source).metrics).toEqual(metrics)
  })

  test.each<[Source, object | null]>([
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: collector }, { traces: true, metrics: true }],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collector }, { traces: true, metrics: false }],
    [{ OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: collector }, { traces: false, metrics: true }],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: collector, OTEL_TRACES_EXPORTER: 'none' },
      { traces: false, metrics: true },
    ],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: collector, OTEL_SDK_DISABLED: 'TRUE' }, null],
    [{ OTEL_SERVICE_NAME: 'portico' }, null],
  ])('%j sends %j', (source, sent) => {
    const { otlp } = telemetryOf(source)
    expect(otlp && { traces: otlp.traces, metrics: otlp.metrics }).toEqual(sent)
  })

  test.each<[Source, string]>([
    [{ PORTICO_METRICS_TOKEN: 'short' }, 'PORTICO_METRICS_TOKEN: must be at least 16 characters'],
    [{ PORTICO_METRICS_PORT: '3000' }, 'PORTICO_METRICS_PORT: must not be the PORT'],
    [
      { ...vercel, PORTICO_METRICS_PORT: '9464' },
      'PORTICO_METRICS_PORT: must be empty on Vercel, where nothing can listen',
    ],
    [
      { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
      'OTEL_EXPORTER_OTLP_PROTOCOL: must be http/protobuf, the only one that is spoken',
    ],
    [{ PORTICO_LOG: 'xml' }, 'PORTICO_LOG: must be text or json'],
  ])('%j is refused', (source, problem) => {
    expect(problemsOf(source)).toEqual([problem])
  })
})
