import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { databaseUrl } from './portico-database'

/** An empty database with settings of its operator. */
export type GivenDatabase = {
  readonly name: string
  readonly url: string
  /** its URL for another role that the statements created */
  as(role: string): string
  /** executes statements in it as its owner */
  run(...statements: readonly string[]): Promise<Record<string, unknown>[]>
  drop(): Promise<void>
}

async function execute(url: string, statements: readonly string[]) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    let rows: Record<string, unknown>[] = []
    for (const statement of statements) rows = (await client.query(statement)).rows
    return rows
  } finally {
    await client.end()
  }
}

/**
 * Creates an empty database on the server of `TEST_DATABASE_URL`.
 *
 * @param options of `CREATE DATABASE`
 */
export async function givenDatabase(options = ''): Promise<GivenDatabase> {
  const server = process.env.TEST_DATABASE_URL ?? ''
  const name = `given_${randomBytes(6).toString('hex')}`
  await execute(server, [`create database ${name} ${options}`])
  const url = databaseUrl(server, name)
  return {
    name,
    url,
    as: (role) => {
      const other = new URL(url)
      other.username = role
      return other.href
    },
    run: (...statements) => execute(url, statements),
    drop: async () => void (await execute(server, [`drop database ${name} with (force)`])),
  }
}
