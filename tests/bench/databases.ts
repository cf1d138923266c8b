import pg from 'pg'

/** Makes a database on a server. @returns its URL */
export async function createDatabase(server: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(`create database "${name}"`)
  await client.end()
  return Object.assign(new URL(server), { pathname: `/${name}` }).href
}
