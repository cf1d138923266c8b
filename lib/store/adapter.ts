import 'server-only'
import { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'
import { retried } from './conflicts'

/**
 * Prisma's adapter, with moments that mean the same in every time zone. It writes one as digits without
 * an offset, which PostgreSQL takes for the time of its session.
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

/** The statement with its moments as text that says where it is, which the adapter leaves as it is. */
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

function writeOffsets<Given extends Queryable>(queryable: Given): Given {
  const queryRaw = queryable.queryRaw.bind(queryable)
  const executeRaw = queryable.executeRaw.bind(queryable)
  return Object.assign(queryable, {
    queryRaw: (statement: Statement) => queryRaw(withOffsets(statement)),
    executeRaw: (statement: Statement) => executeRaw(withOffsets(statement)),
  })
}

/** The adapter over a pool whose tables are in a schema. */
export class ZonelessPg extends PrismaPg {
  constructor(pool: pg.Pool, schema: string) {
    super(pool, { schema })
  }

  override async connect(): Promise<Adapter> {
    const adapter = writeOffsets(await super.connect())
    const { queryRaw, executeRaw } = adapter
    const startTransaction = adapter.startTransaction.bind(adapter)
    return Object.assign(adapter, {
      queryRaw: (statement: Statement) => retried(() => queryRaw(statement)),
      executeRaw: (statement: Statement) => retried(() => executeRaw(statement)),
      startTransaction: async (level: Parameters<Adapter['startTransaction']>[0]) =>
        writeOffsets(await startTransaction(level)),
    })
  }
}
