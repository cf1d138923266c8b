import 'server-only'
import pg from 'pg'

/**
 * Parameters sent when a session begins, whatever the server, the database or the role is set to. A pooler
 * in transaction mode tracks these two for each of its clients, and refuses most others. A `SET` would stay
 * on the pooler's connection, for its next client.
 */
const parameters = { TimeZone: 'UTC', DateStyle: 'ISO, MDY' } as const

/** From a URL as Prisma writes it: `schema=name`. */
function schemaIn(connectionString: string | undefined): string | null {
  if (!connectionString || !URL.canParse(connectionString)) return null
  const schema = new URL(connectionString).searchParams.get('schema')
  // the default schema; a pooler would refuse the parameter
  return schema === null || schema === '' || schema === 'public' ? null : schema
}

type Parse = (text: string) => unknown
type Types = { getTypeParser(oid: number, format?: string): Parse }
type Query = { readonly text?: unknown; readonly types?: Types }

const timestamptz = 1184
const offset = /([+-])(\d{2})(?::(\d{2}))?$/

/**
 * A timestamp that PostgreSQL wrote in any time zone, in UTC. Prisma's adapter ignores the offset and reads
 * the digits as UTC.
 */
export function inUtc(text: string): string {
  const found = offset.exec(text)
  if (!found || found[0] === '+00') return text
  const [written, sign, hours, minutes = '00'] = found
  const local = text.slice(0, -written.length).replace(' ', 'T')
  const moment = new Date(`${local}${sign}${hours}:${minutes}`)
  return Number.isNaN(moment.getTime()) ? text : moment.toISOString().replace(/Z$/, '+00')
}

const zoneless = (types: Types): Types => ({
  getTypeParser: (oid, format) => {
    const parse = types.getTypeParser(oid, format)
    return oid === timestamptz && format === 'text' ? (text) => parse(inUtc(text)) : parse
  },
})

/** The statements here rely on this level, and a database may have another default. */
const begin = 'BEGIN ISOLATION LEVEL READ COMMITTED'

function independent(query: unknown): unknown {
  if (typeof query !== 'object' || query === null) return query
  const { text, types } = query as Query
  if (text === 'BEGIN') return { ...query, text: begin }
  return types ? { ...query, types: zoneless(types) } : query
}

/** Members of node-postgres that its types lack, or type more strictly. */
type Loose = Omit<pg.Client, 'query'> & {
  getStartupConf(): Record<string, string>
  query(...args: unknown[]): unknown
}
const LooseClient = pg.Client as unknown as new (config?: string | pg.ClientConfig) => Loose

class Session extends LooseClient {
  readonly #schema: string | null

  constructor(config?: string | pg.ClientConfig) {
    super(config)
    this.#schema = schemaIn(typeof config === 'string' ? config : config?.connectionString)
  }

  override getStartupConf(): Record<string, string> {
    const conf = { ...super.getStartupConf(), ...parameters }
    return this.#schema === null
      ? conf
      : { ...conf, search_path: `"${this.#schema.replaceAll('"', '""')}"` }
  }

  override query(query: unknown, ...rest: unknown[]): unknown {
    return super.query(independent(query), ...rest)
  }
}

/**
 * A connection to PostgreSQL that works the same however its server, database or role is set: the only
 * connection class in this server.
 */
export const SessionClient = Session as unknown as typeof pg.Client
export type SessionClient = pg.Client
