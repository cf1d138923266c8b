import 'server-only'
import type pg from 'pg'
import { isUnavailable, reasonAway } from '@/lib/runtime/database-errors'
import { tlsCauseInWords } from '@/lib/tls-cause'

/** Thrown when a database cannot be used; the message says what to do. */
export class UnfitDatabaseError extends Error {
  override name = 'UnfitDatabaseError'
}

/** The settings of a database, and of the role that connects, that anything depends on. */
export type Situation = {
  readonly role: string
  /** where tables are created and looked up; `null` when no schema of the search path exists */
  readonly schema: string | null
  readonly path: string
  readonly encoding: string
  readonly dates: string
  readonly isReadOnly: boolean
  readonly isStandby: boolean
  /** whether tables of this server exist */
  readonly hasTables: boolean
  readonly mayCreate: boolean | null
  /** tables whose rows the role may not read and change */
  readonly closed: readonly string[] | null
  /** statement timeout in milliseconds; 0 for none */
  readonly statementMs: number
  /** a collation in which I is the capital of i, where the database's own has another */
  readonly folding: string | null
}

const asking = `select current_user as role, current_schema() as schema,
  current_setting('search_path') as path, current_setting('server_encoding') as encoding,
  current_setting('DateStyle') as dates, pg_is_in_recovery() as "isStandby",
  current_setting('transaction_read_only') = 'on' as "isReadOnly",
  to_regclass('_prisma_migrations') is not null as "hasTables",
  has_schema_privilege(current_schema(), 'CREATE') as "mayCreate",
  (select setting::int from pg_settings where name = 'statement_timeout') as "statementMs",
  case when lower('I') <> 'i' then coalesce((select collname from pg_collation
    where collname = 'und-x-icu' and pg_collation_is_visible(oid)), 'C') end as folding,
  (select json_agg(c.relname order by c.relname) from pg_class c
    where c.relnamespace = to_regnamespace(quote_ident(current_schema())) and not case
      when c.relkind = 'S' then has_sequence_privilege(c.oid, 'USAGE')
      when c.relname = '_prisma_migrations' then has_table_privilege(c.oid, 'SELECT')
      else has_table_privilege(c.oid, 'SELECT') and has_table_privilege(c.oid, 'INSERT')
        and has_table_privilege(c.oid, 'UPDATE') and has_table_privilege(c.oid, 'DELETE') end
      and c.relname in ('Event', 'Event_id_seq', 'Grant', '_prisma_migrations')) as closed`

const readOnly = (isStandby: boolean): string =>
  isStandby
    ? 'this database is a standby, which takes nothing that is written: DATABASE_URL must lead to the primary'
    : 'this database is read-only (default_transaction_read_only): Portico writes to it, so set it off for the database and the role, as with ALTER DATABASE … RESET default_transaction_read_only'

/**
 * Why the server cannot run on a database as it is, in words for its operator, or `null`.
 *
 * @param mustMake whether tables have to be created or changed
 */
export function unfitness(found: Situation, mustMake: boolean): string | null {
  const { role, schema, path, encoding, dates, hasTables, closed } = found
  if (found.isStandby || found.isReadOnly) return readOnly(found.isStandby)
  if (schema === null) {
    return `no schema of the search path (${path}) is there: CREATE SCHEMA one of them, or set another search_path for the role ${role}`
  }
  if (encoding !== 'UTF8' && !hasTables) {
    return `the encoding of this database is ${encoding}, and names and addresses need UTF8: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0, and use that`
  }
  if (!dates.startsWith('ISO')) {
    return `a pooler in front of the database ignores the DateStyle of a session (it is "${dates}"): ALTER ROLE ${role} SET datestyle = 'ISO, MDY'`
  }
  if (closed && closed.length > 0) {
    return `the role ${role} may not read and change the tables of this database (${closed.join(', ')}): use the role that owns them, or GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES ON ALL TABLES IN SCHEMA ${schema} TO ${role}, and USAGE ON ALL SEQUENCES`
  }
  if (mustMake && found.mayCreate === false) {
    return `the role ${role} may not create tables in the schema ${schema} (only its owner may, since PostgreSQL 15): GRANT CREATE ON SCHEMA ${schema} TO ${role}, or make ${role} the owner of the database`
  }
  return null
}

/** Reads a database's settings. */
export async function situationOf(pool: Pick<pg.Pool, 'query'>): Promise<Situation> {
  const { rows } = await pool.query<Situation>(asking)
  const [found] = rows
  if (!found) throw new TypeError('the database returned no row')
  return found
}

/** A pooler's answer to a request for another schema (`08P01`). */
const isRefusedPath = (message: string): boolean =>
  message.includes('unsupported startup parameter') && message.includes('search_path')

/** A failure to connect, as an error that names DATABASE_URL. */
function unreachable(error: unknown): unknown {
  if (!isUnavailable(error) || tlsCauseInWords(error)) return error
  return new UnfitDatabaseError(
    `the database of DATABASE_URL cannot be used (${reasonAway(error)}): check that it runs, and that host, port, name and role in DATABASE_URL are right`,
    { cause: error },
  )
}

/** Explains a failure to connect, where the remedy is known. */
export function connectionFailure(error: unknown): unknown {
  const message = error instanceof Error ? error.message : String(error)
  if (!isRefusedPath(message)) return unreachable(error)
  return new UnfitDatabaseError(
    'the pooler in front of this database refuses the "schema" of DATABASE_URL: remove it, and ALTER ROLE … SET search_path to that schema instead',
    { cause: error },
  )
}
