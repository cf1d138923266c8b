import 'server-only'
import { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'
import { retried } from './conflicts'

/**
 * Prisma's adapter with timestamps that mean the same in every time zone. Prisma writes them without an
 * offset, and PostgreSQL would read them in the time zone of its session.
 */

type Adapter = Awaited<ReturnType<PrismaPg['connect']>>
type Statement = Parameters<Adapter['queryRaw']>[0]
type Queryable = Pick<Adapter, 'queryRaw' | 'executeRaw'>
type ArgType = Statement['argTypes'][number]

const isMoment = ({ scalarType, dbType }: ArgType): boolean =>
  scalarType === 'datetime' && !/^(DATE|TIME|TIMETZ)$/.test(dbType ?? '')

function written(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(written)
  return value === null ? null : new Date(value as string | Date).toISOString()
}

/** Prisma's `ILIKE ('%' || $1 || '%')`, or our own `ilike $1`. */
const insensitive = /\bilike (?:\$\d{1,5}|\((?:'%' \|\| )?\$\d{1,5}(?: \|\| '%')?\))/gi

/** The statement with its timestamps as text with an offset, which the adapter passes on unchanged. */
function withOffsets(statement: Statement): Statement {
  if (!statement.argTypes.some(isMoment)) return statement
  const args = [...statement.args]
  const argTypes = statement.argTypes.map((type, at) => {
    if (!isMoment(type)) return type
    args[at] = written(args[at])
    return { ...type, scalarType: 'string' as const }
  })
  return { ...statement, args, argTypes }
}

type Rewrite = (statement: Statement) => Statement

/** Compares text case-insensitively the same way everywhere, where the database's locale has its own rules. */
const withFolding =
  (folding: string): Rewrite =>
  (statement) => ({
    ...statement,
    sql: statement.sql.replace(insensitive, (comparison) => `${comparison} collate "${folding}"`),
  })

function rewritten<Given extends Queryable>(queryable: Given, rewrite: Rewrite): Given {
  const queryRaw = queryable.queryRaw.bind(queryable)
  const executeRaw = queryable.executeRaw.bind(queryable)
  return Object.assign(queryable, {
    queryRaw: (statement: Statement) => queryRaw(rewrite(statement)),
    executeRaw: (statement: Statement) => executeRaw(rewrite(statement)),
  })
}

/** The adapter over a pool. */
export class ZonelessPg extends PrismaPg {
  readonly #rewrite: Rewrite

  /**
   * @param schema where the tables are
   * @param folding a collation to compare in without regard to case; `null` for the database's own
   */
  constructor(pool: pg.Pool, schema: string, folding: string | null) {
    super(pool, { schema })
    const fold = folding === null ? null : withFolding(folding)
    this.#rewrite = fold ? (statement) => fold(withOffsets(statement)) : withOffsets
  }

  override async connect(): Promise<Adapter> {
    const rewrite = this.#rewrite
    const adapter = rewritten(await super.connect(), rewrite)
    const { queryRaw, executeRaw } = adapter
    const startTransaction = adapter.startTransaction.bind(adapter)
    return Object.assign(adapter, {
      queryRaw: (statement: Statement) => retried(() => queryRaw(statement)),
      executeRaw: (statement: Statement) => retried(() => executeRaw(statement)),
      startTransaction: async (level: Parameters<Adapter['startTransaction']>[0]) =>
        rewritten(await startTransaction(level), rewrite),
    })
  }
}
