import pg from 'pg'

/** A page that is measured. */
export type Page = {
  readonly title: string
  readonly path: string
  /** it reads as much as its time allows, so that its statements have no number of rows to keep to */
  readonly byTime?: boolean
}

const first = async (client: pg.Client, sql: string): Promise<string> => {
  const { rows } = await client.query<{ value: string }>(sql)
  if (!rows[0]) throw new Error(`nothing found: ${sql}`)
  return rows[0].value
}

const nth = (offset: number, column = 'id', where = 'true'): string => `
  select ${column} as value from "Handshake" where ${where}
  order by "startedAt" desc, id desc offset ${offset} limit 1`

const startedAt = `to_char("startedAt" at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`

const list = (query: Readonly<Record<string, string>>): string =>
  `/admin/handshakes?${new URLSearchParams(query)}`

const filters: readonly Readonly<Record<string, string>>[] = [
  { surface: 'claude-hosted' },
  { surface: 'inspector' },
  { surface: 'cursor' },
  { verdict: 'connected' },
  { verdict: 'failed' },
  { verdict: 'degraded' },
  { stage: 'token-issued' },
  { stage: 'client-identified' },
  { unused: 'yes' },
  { surface: 'claude-hosted', verdict: 'failed' },
  { surface: 'inspector', unused: 'yes' },
  { verdict: 'failed', stage: 'client-identified' },
]

/** From what is everywhere to what is nowhere. */
const logFilters: readonly Readonly<Record<string, string>>[] = [
  { outcome: 'refused' },
  { outcome: 'failed' },
  { path: '/mcp' },
  { path: '/nowhere' },
  { q: 'nowhere' },
  { address: '203.0.113.' },
  { event: 'token.issued', outcome: 'refused' },
  { user: 'nobody@example.test' },
]

const inWords = (query: Readonly<Record<string, string>>): string =>
  Object.entries(query)
    .map(([name, value]) => `${name} ${value.length > 24 ? `…${value.slice(-23)}` : value}`)
    .join(', ')

/** Filters whose values are of the data. */
async function foundFilters(client: pg.Client): Promise<Record<string, string>[]> {
  const some = await first(client, nth(500, '"clientId"', `identification = 'dynamic'`))
  const busy = await first(client, nth(0, '"clientId"', `surface = 'claude-code'`))
  const user = await first(client, nth(500, '"userId"'))
  const to = await first(client, nth(40_000, startedAt))
  const from = await first(client, nth(45_000, startedAt))
  return [
    { client: some },
    { client: busy },
    { client: busy, verdict: 'failed' },
    { user },
    { user, verdict: 'failed' },
    { from, to },
    { to, unused: 'yes' },
  ]
}

async function handshakePages(client: pg.Client): Promise<Page[]> {
  const wanted: readonly (readonly [string, number, string])[] = [
    ['newest, connected', 0, `verdict = 'connected'`],
    ['oldest, connected', 47_000, `verdict = 'connected'`],
    ['middle, no token used', 1800, 'unused'],
    ['oldest, failed', 2900, `verdict = 'failed'`],
    ['middle, another surface', 900, `surface = 'inspector'`],
  ]
  const pages: Page[] = []
  for (const [title, offset, where] of wanted) {
    const id = await first(client, nth(offset, 'id', where))
    pages.push({ title: `a handshake: ${title}`, path: `/admin/handshakes/${id}` })
  }
  return pages
}

/** The lists of what there is, each as it opens, further down, filtered, sorted and searched. */
async function recordPages(client: pg.Client): Promise<Page[]> {
  const grant = await first(client, nth(500, '"grantId"', `verdict = 'connected'`))
  const ofClient = await first(client, nth(500, '"clientId"', `identification = 'dynamic'`))
  const user = await first(client, nth(500, '"userId"'))
  const lists = {
    connections: [{}, { state: 'active' }, { state: 'unused' }, { sort: 'active' }, { user }],
    clients: [{}, { state: 'never-used' }, { sort: 'name' }],
    tokens: [{}, { state: 'unused' }, { sort: 'expires' }, { grant }, { client: ofClient }],
    sessions: [{}, { state: 'live' }, { sort: 'active' }, { user }],
    log: [{ event: 'mcp.called' }, { outcome: 'refused' }, { client: ofClient }, { user }],
  } as const
  const busy = await first(client, nth(0, '"clientId"', `surface = 'claude-code'`))
  const token = await first(client, 'select id as value from "RefreshToken" limit 1')
  const single = [
    `connections/${grant}`,
    `clients/client?id=${ofClient}`,
    `clients/client?id=${encodeURIComponent(busy)}`,
    `tokens/${token}`,
    'operators',
    `operators/${user}`,
    'audit',
    'audit?action=grant.revoked',
    `audit?user=${user}`,
    'approvals',
    'connect',
    'settings',
    'keys',
    'alerts',
    'self-check',
  ]
  return [
    { title: 'overview', path: '/admin' },
    ...single.map((path) => ({ title: `/${path}`.slice(0, 60), path: `/admin/${path}` })),
    { title: 'one’s own connections', path: '/connections' },
    { title: 'one’s own account', path: '/account' },
    ...Object.entries(lists).flatMap(([name, queries]) =>
      queries.map((query) => ({
        title: `${name}, ${inWords(query) || 'first page'}`,
        path: `/admin/${name}?${new URLSearchParams(query)}`,
      })),
    ),
  ]
}

/** The pages that are measured, of a database that tests/scale/fill.ts filled. */
export async function pagesOf(databaseUrl: string): Promise<Page[]> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const cursors: Page[] = []
  for (const offset of [1000, 30_000, 59_000]) {
    const cursor = await first(client, nth(offset))
    cursors.push({ title: `list, after row ${offset}`, path: list({ cursor }) })
  }
  const cursor = await first(client, nth(30_000, 'id', `verdict = 'connected'`))
  const all = [...filters, ...(await foundFilters(client)), { verdict: 'connected', cursor }]
  const filtered = all.map((query) => ({ title: `list, ${inWords(query)}`, path: list(query) }))
  const single = await handshakePages(client)
  const records = await recordPages(client)
  await client.end()
  return [
    { title: 'list, first page', path: '/admin/handshakes' },
    ...cursors,
    ...filtered,
    ...single,
    ...records,
    { title: 'log, first page', path: '/admin/log' },
    { title: 'overview, 24 hours', path: '/admin' },
    { title: 'overview, 7 days', path: '/admin?range=7d' },
    ...logFilters.map((query) => ({
      title: `log, ${inWords(query)}`,
      path: `/admin/log?${new URLSearchParams(query)}`,
      byTime: true,
    })),
  ]
}
