import pg from 'pg'
import { connect } from '../support/oauth/oauth-tokens'
import { signIn } from '../support/people/operator'
import { admin } from '../support/server/portico-process'

/** Fewer than a connection may hold, as a client that is well is far from its bound. */
export const streamsOfOne = 100

const emailOf = (index: number): string => `member-${index}@portico.test`

/** Adds members who sign in with the password of the first admin. */
async function addMembers(databaseUrl: string, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client
    .query(
      `insert into "User" (id, email, role, "passwordHash")
        select 'user_member_' || n, 'member-' || n || '@portico.test', 'member', "passwordHash"
        from "User", generate_series(1, $1::int) n where email = $2`,
      [count, admin.email],
    )
    .finally(() => client.end())
}

/**
 * As many people as it takes to hold so many streams, each with a connection of their own.
 *
 * @returns an access token of each
 */
export async function crowdFor(
  origin: string,
  databaseUrl: string,
  streams: number,
): Promise<string[]> {
  const count = Math.max(1, Math.ceil(streams / streamsOfOne))
  await addMembers(databaseUrl, count)
  const tokens: string[] = []
  for (let index = 1; index <= count; index += 1) {
    const credentials = { email: emailOf(index), password: admin.password }
    const operator = await signIn(origin, credentials)
    tokens.push((await connect(origin, { operator })).tokens.access_token)
  }
  return tokens
}
