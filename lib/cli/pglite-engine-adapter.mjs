import { PGlite } from '@electric-sql/pglite'
import { createPgConfig } from '@electric-sql/pglite/node-postgres'
import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import pg from 'pg'

/** `"char"` of the system catalogues, which PrismaPg rejects and the engine expects as a character. */
const charOid = 18
const textOid = 25

/** @typedef {{ fields: { dataTypeID: number }[] }} RowDescription */

async function open() {
  const db = new PGlite()
  const config = createPgConfig(db)
  const { connection } = config
  const parse = connection.parse.bind(connection)
  // PrismaPg passes node-postgres' parsers in place of the protocol's parameter types.
  connection.parse = (query) => parse({ ...query, types: undefined })
  /** @type {boolean[]} */
  let isChar = []
  connection.on('rowDescription', (/** @type {RowDescription} */ { fields }) => {
    isChar = fields.map((field) => field.dataTypeID === charOid)
    for (const field of fields) if (field.dataTypeID === charOid) field.dataTypeID = textOid
  })
  const pool = new pg.Pool({ ...config, max: 1, idleTimeoutMillis: 0 })
  const adapter = await new PrismaPg(pool).connect()
  const queryRaw = adapter.queryRaw.bind(adapter)
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query)
    const columnTypes = result.columnTypes.map((type, column) =>
      isChar[column] ? ColumnTypeEnum.Character : type,
    )
    return { ...result, columnTypes }
  }
  // PrismaPg's implementation splits at every ";", even inside a function's body.
  adapter.executeScript = async (sql) => {
    await db.exec(sql)
  }
  return adapter
}

/**
 * A driver adapter for the schema engine: every connection is a new, empty database in memory.
 *
 * @returns {import('@prisma/driver-adapter-utils').SqlMigrationAwareDriverAdapterFactory}
 */
export function pgliteAdapter() {
  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: open,
    connectToShadowDb: open,
  }
}
