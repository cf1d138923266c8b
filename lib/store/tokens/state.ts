import 'server-only'
import { processWide } from '@/lib/process-wide'
import type { PlainReasonKind } from '@/lib/reasons'
import { isUnavailable } from '@/lib/runtime/database-errors'
import { afterCommit, type Connection, prisma } from '@/lib/store/database/database'
import { isListening, subscribeToChannel } from '@/lib/store/database/notifications'
import type { Prisma } from '@/lib/store/generated/client'
import type { Role } from '@/lib/vocabulary'

/**
 * Whether an access token is valid. Every MCP request asks, so the answer is kept in memory and dropped
 * when a revocation is notified.
 */
type TokenValidity = {
  readonly live: boolean
  /** why it is not valid, for the log */
  readonly reason: PlainReasonKind | null
  readonly firstUse: boolean
  /** of the token's person: some scopes depend on the role */
  readonly role: Role
}

type Entry = TokenValidity & {
  readonly grantId: string
  readonly readAt: number
  /** when to read it again */
  readonly staleAt: number
}

/**
 * How long an answer is kept while revocations are notified, while notifications do not arrive, and during
 * an outage of the database, when nothing can be revoked.
 */
const holdsMs = { listening: 60_000, polling: 1000, away: 60_000 }
const maxEntries = 50_000

const cache = processWide('token-states', () => ({
  entries: new Map<string, Entry>(),
  generation: 0,
  subscribed: false,
}))

/** Forgets the cached state of a grant's tokens; of all tokens when `grantId` is empty. */
function forgetTokens(grantId: string): void {
  // a read that began earlier must not store its old answer
  cache.generation += 1
  for (const [id, entry] of cache.entries) {
    // all of them: a notification may have been missed; they are read again when the database answers
    if (grantId === '') cache.entries.set(id, { ...entry, staleAt: 0 })
    else if (entry.grantId === grantId) cache.entries.delete(id)
  }
}

/** Makes every instance forget them once the transaction has committed, and this one at once. */
export async function forgetTokensWith(connection: Connection, grantId: string): Promise<void> {
  await connection.$executeRaw`select pg_notify('portico_grants', ${grantId})`
  afterCommit(connection, () => forgetTokens(grantId))
}

/** What the validity of a token depends on. */
const ends = {
  revokedAt: true,
  firstUsedAt: true,
  grantId: true,
  grant: { select: { status: true } },
  client: { select: { disabledAt: true } },
  user: { select: { disabledAt: true, role: true } },
} as const

type Ends = Prisma.AccessTokenGetPayload<{ select: typeof ends }>

function deadBecause({ grant, client, user, revokedAt }: Ends): PlainReasonKind | null {
  if (grant.status === 'revoked') return 'grant-revoked'
  if (grant.status === 'paused') return 'grant-paused'
  if (client.disabledAt) return 'client-disabled'
  if (user.disabledAt) return 'user-disabled'
  return revokedAt ? 'token-revoked' : null
}

async function read(tokenId: string): Promise<(TokenValidity & { grantId: string }) | null> {
  const token = await (await prisma()).accessToken.findUnique({
    where: { id: tokenId },
    select: ends,
  })
  if (!token) return null
  const reason = deadBecause(token)
  return {
    live: reason === null,
    reason,
    firstUse: !token.firstUsedAt,
    role: token.user.role,
    grantId: token.grantId,
  }
}

/** The state of an access token; `null` if never issued here. @param now milliseconds since 1970 */
export async function tokenState(tokenId: string, now: number): Promise<TokenValidity | null> {
  if (!cache.subscribed) {
    cache.subscribed = true
    subscribeToChannel('portico_grants', forgetTokens)
  }
  const entry = cache.entries.get(tokenId)
  if (entry && entry.staleAt > now) return entry
  const { generation } = cache
  const state = await read(tokenId).catch((error) => {
    const known = cache.entries.get(tokenId)
    const isFresh = known && now - known.readAt < holdsMs.away
    if (isFresh && isUnavailable(error)) return known
    throw error
  })
  if (state === cache.entries.get(tokenId)) return state ?? null
  if (state && generation === cache.generation) {
    if (cache.entries.size >= maxEntries) cache.entries.clear()
    const holds = isListening() ? holdsMs.listening : holdsMs.polling
    cache.entries.set(tokenId, { ...state, firstUse: false, readAt: now, staleAt: now + holds })
  }
  return state
}

/**
 * Which of these tokens are no longer valid, or no longer exist. Always queries the database: for streams
 * that outlive the guarantee that a notification arrives.
 */
export async function deadTokens(tokenIds: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const rows = await (await prisma()).accessToken.findMany({
    where: {
      id: { in: [...tokenIds] },
      revokedAt: null,
      grant: { status: 'active' },
      client: { disabledAt: null },
      user: { disabledAt: null },
    },
    select: { id: true },
  })
  const live = new Set(rows.map(({ id }) => id))
  return new Set([...tokenIds].filter((id) => !live.has(id)))
}
