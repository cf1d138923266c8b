import { PGlite } from '@electric-sql/pglite'
import { createPgConfig } from '@electric-sql/pglite/node-postgres'
import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import pg from 'pg'

/** `"char"` of the system catalogues, which PrismaPg rejects and the engine expects as a character. */
const charOid = 18
const textOid = 25

/** @typedef {{ fields: { dataTypeID: number }[] }} RowDescription */

/**
 * A node-postgres client class connected to an in-process PGlite.
 *
 * @param {PGlite} db
 * @param {(isChar: boolean[]) => void} onColumns receives which columns of each result are `"char"`
 */
function clientOver(db, onColumns) {
  return class extends pg.Client {
    /** @param {pg.ClientConfig} options */
    constructor(options) {
      const { connection } = createPgConfig(db)
      const parse = connection.parse.bind(connection)
      // PrismaPg passes node-postgres' parsers in place of the protocol's parameter types.
      connection.parse = (query) => parse({ ...query, types: undefined })
      connection.on('rowDescription', (/** @type {RowDescription} */ { fields }) => {
        onColumns(fields.map((field) => field.dataTypeID === charOid))
        for (const field of fields) if (field.dataTypeID === charOid) field.dataTypeID = textOid
      })
      const config = { ...options, connection }
      super(config)
    }
  }
}

async function open() {
  const db = new PGlite()
  /** @type {boolean[]} */
  let isChar = []
  const Client = clientOver(db, (columns) => {
    isChar = columns
  })
  const ClientClass = /** @type {new () => pg.ClientBase} */ (/** @type {unknown} */ (Client))
  const address = { user: 'postgres', database: 'postgres', host: 'localhost' }
  const adapter = await new PrismaPg(
    new pg.Pool({ Client: ClientClass, max: 1, ...address }),
  ).connect()
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
