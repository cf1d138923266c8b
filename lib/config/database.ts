import path from 'node:path'
import { z } from 'zod'
import { combine, defineSetting } from './define'
import { oneOfWords, postgresUrl, secretOf, wholeNumber } from './texts'

/** The host and database of a connection string, without user and password. */
function databasePlace(url: string): string {
  const { host, pathname } = new URL(url)
  return `PostgreSQL at ${host}${pathname}`
}

/** Where the server stores its data. */
export const databaseGroup = {
  database: combine(
    {
      databaseUrl: defineSetting('DATABASE_URL', postgresUrl, {
        without: 'embedded',
        about:
          'PostgreSQL, as `postgresql://user:password@host:5432/database`. Without it an embedded database in the data directory is used.',
      }),
      dataDir: defineSetting('PORTICO_DATA_DIR', z.string(), {
        default: '.data',
        about:
          'The directory of the embedded database and the generated secret. Keep it, and back it up.',
      }),
    },
    {
      value: ({ databaseUrl, dataDir }) => ({
        databaseUrl,
        dataDir: path.resolve(/*turbopackIgnore: true*/ process.cwd(), dataDir),
      }),
      page: {
        group: 'Server',
        label: 'Database',
        format: ({ databaseUrl, dataDir }) =>
          databaseUrl ? databasePlace(databaseUrl) : `Embedded, in ${dataDir}`,
      },
    },
  ),
  directUrl: defineSetting('DIRECT_URL', postgresUrl, {
    about:
      'The same database without the connection pooler, if `DATABASE_URL` uses one in transaction mode (Neon, Supabase, pgbouncer): migrations and notifications use it.',
  }),
  databasePool: defineSetting('PORTICO_DATABASE_POOL', wholeNumber(1, 200), {
    default: { usual: '10', vercel: '3' },
    about: 'Maximum number of connections to PostgreSQL for each process.',
  }),
  /** `if-empty` creates tables in an empty database, and never changes existing ones */
  migrate: combine(
    {
      chosen: defineSetting('PORTICO_MIGRATE', oneOfWords('always', 'never'), {
        without: '`always`',
        about:
          '`always`: migrate the tables at start. `never`: refuse to start unless they are up to date. On a preview deployment of Vercel the default is `never`, except for an empty database.',
      }),
    },
    {
      // a preview may share production's database: it changes no table by default
      value: ({ chosen }, { VERCEL_ENV }) =>
        chosen ?? (VERCEL_ENV === 'preview' ? 'if-empty' : 'always'),
    },
  ),
  secret: defineSetting('PORTICO_SECRET', secretOf(32), {
    without: 'generated',
    about:
      'Master secret, at least 32 characters. Without it one is generated and stored in the data directory. Instances that share a database must share it.',
    page: {
      group: 'Server',
      label: 'Master secret',
      format: (secret) =>
        secret ? 'From the environment' : 'Generated, stored in the data directory',
    },
  }),
}
