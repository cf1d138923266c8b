import 'server-only'
import { migrations } from '../generated/migrations'
import type { Session } from './session'
import { ownTable, quoted } from './tables'

/** How migrations name what they create: anything else in the schema is not Portico's. */
const making = /\b(?:table|type|function|rename to)\s+"(\w+)"/gi

const namesOfMigrations = (): string[] =>
  migrations.flatMap(({ sql }) => Array.from(sql.matchAll(making), ([, name = '']) => name))

const here = 'current_schema()::regnamespace'

/** Tables before what they use: a trigger's function, a column's type. */
const kinds = [
  {
    kind: 'table',
    find: `select relname as name from pg_class where relnamespace = ${here} and relkind = 'r'`,
  },
  { kind: 'function', find: `select proname as name from pg_proc where pronamespace = ${here}` },
  {
    kind: 'type',
    find: `select typname as name from pg_type where typnamespace = ${here} and typtype = 'e'`,
  },
] as const

type Kind = (typeof kinds)[number]

async function found(session: Session, { find }: Kind): Promise<string> {
  const { rows } = await session.query<{ name: string }>(
    `select name from (${find}) f where name = any($1) order by name`,
    [namesOfMigrations()],
  )
  return rows.map(({ name }) => quoted(name)).join(', ')
}

/** Locks Portico's tables until the transaction ends. @throws {Error} when the role may not */
export async function lockTables(session: Session): Promise<void> {
  const tables = await found(session, kinds[0])
  if (tables !== '') await session.query(`lock table ${tables} in access exclusive mode`)
}

/**
 * Drops the tables of Portico and what its migrations created for them, with all data. Keeps the schema,
 * which may belong to another role, and everything that is not Portico's.
 *
 * @throws {Error} of PostgreSQL, when something else depends on them or the role is not their owner
 */
export async function dropTables(session: Session): Promise<void> {
  for (const one of kinds) {
    const names = await found(session, one)
    // not `cascade`: a view on them belongs to someone else
    if (names !== '') await session.query(`drop ${one.kind} ${names}`)
  }
  await session.query(`drop table ${ownTable}`)
}
