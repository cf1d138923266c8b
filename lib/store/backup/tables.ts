import 'server-only'
import type { Session } from './session'
import type { Trailer } from './shape'

/** Applied migrations are part of the header, and their table is created by the migrations. */
export const ownTable = '_prisma_migrations'
/** Instances of one database do not run on another. */
const leftOut = [ownTable, 'Instance']

const tablesOf = `select c.relname as name from pg_class c
  where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relname <> all($1)
  order by c.relname`

const referencesOf = `select child.relname as child, parent.relname as parent from pg_constraint k
  join pg_class child on child.oid = k.conrelid join pg_class parent on parent.oid = k.confrelid
  where k.contype = 'f' and k.conrelid <> k.confrelid
    and k.connamespace = current_schema()::regnamespace`

/** A quoted SQL identifier. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** Every table that holds data, each after those it references. */
export async function tablesInOrder(session: Session): Promise<string[]> {
  const tables = await session.query<{ name: string }>(tablesOf, [leftOut])
  const references = await session.query<{ child: string; parent: string }>(referencesOf)
  const left = new Set(tables.rows.map(({ name }) => name))
  const ordered: string[] = []
  while (left.size > 0) {
    const ready = [...left].filter((name) =>
      references.rows.every(({ child, parent }) => child !== name || !left.has(parent)),
    )
    if (ready.length === 0)
      throw new Error(`${[...left].join(', ')} refer to each other in a circle`)
    for (const name of ready) left.delete(name)
    ordered.push(...ready)
  }
  return ordered
}

/** How many rows each table has. */
export async function countRows(
  session: Session,
  tables: readonly string[],
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of tables) {
    const { rows } = await session.query<{ count: number }>(
      `select count(*)::int as count from ${quoted(table)}`,
    )
    counts[table] = rows[0]?.count ?? 0
  }
  return counts
}

/** The migrations of a database, oldest first; `null` when it has no tables of Portico. */
export async function appliedMigrations(session: Session): Promise<string[] | null> {
  const { rows } = await session.query<{ there: boolean }>(
    `select to_regclass('${ownTable}') is not null as there`,
  )
  if (!rows[0]?.there) return null
  const applied = await session.query<{ name: string }>(
    `select migration_name as name from ${ownTable}
     where finished_at is not null and rolled_back_at is null order by migration_name`,
  )
  return applied.rows.map(({ name }) => name)
}

/** Each sequence's last value, and whether that was handed out. */
export async function readSequences(session: Session): Promise<Trailer['sequences']> {
  const { rows } = await session.query<{ name: string }>(
    `select relname as name from pg_class
     where relnamespace = current_schema()::regnamespace and relkind = 'S' order by relname`,
  )
  const sequences: Record<string, readonly [string, boolean]> = {}
  for (const { name } of rows) {
    const { rows: found } = await session.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from ${quoted(name)}`,
    )
    if (found[0]) sequences[name] = [found[0].value, found[0].called]
  }
  return sequences
}

/** An instance that uses a database, and when it was last seen. */
export type Running = { readonly host: string; readonly seconds: number }

/** The instances that use a database at present, as recorded in it. */
export async function runningOn(session: Session): Promise<Running[]> {
  const { rows } = await session.query<{ there: boolean }>(
    `select to_regclass('"Instance"') is not null as there`,
  )
  if (!rows[0]?.there) return []
  const found = await session.query<Running>(
    `select host, extract(epoch from now() - "seenAt")::int as seconds from "Instance"
     where "seenAt" > now() - interval '3 minutes' order by host`,
  )
  return found.rows
}
