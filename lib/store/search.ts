import 'server-only'
import { prisma } from './database/database'
import { containing } from './slice'

/** The command palette's search: a few rows of each kind. */

/** Token ids are long: fewer characters would match any number of rows. */
const shortestId = 6

/** Clients by name or id, the newest first. */
export const findClients = async (text: string, limit: number) =>
  (await prisma()).client.findMany({
    where: { OR: [{ name: containing(text) }, { id: containing(text) }] },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
    select: { id: true, name: true },
  })

/** People by email address or name. */
export const findPeople = async (text: string, limit: number) =>
  (await prisma()).user.findMany({
    where: { OR: [{ email: containing(text) }, { name: containing(text) }] },
    orderBy: { email: 'asc' },
    take: limit,
    select: { id: true, email: true, name: true },
  })

/** Connections by id, or by the name of their client or person. */
export const findConnections = async (text: string, limit: number) =>
  (await prisma()).grant.findMany({
    where: {
      OR: [
        { id: { startsWith: text } },
        { client: { name: containing(text) } },
        { user: { email: containing(text) } },
      ],
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
    select: { id: true, client: { select: { name: true } }, user: { select: { email: true } } },
  })

/** Tokens of both kinds by the beginning of their ids; there is no other way to look one up. */
export async function findTokens(text: string, limit: number) {
  if (text.length < shortestId) return []
  const { accessToken, refreshToken } = await prisma()
  const query = {
    where: { id: { startsWith: text } },
    orderBy: { id: 'asc' },
    take: limit,
    select: { id: true, client: { select: { name: true } } },
  } as const
  const [access, refresh] = await Promise.all([
    accessToken.findMany(query),
    refreshToken.findMany(query),
  ])
  return [
    ...access.map((token) => ({ ...token, kind: 'access' as const })),
    ...refresh.map((token) => ({ ...token, kind: 'refresh' as const })),
  ].slice(0, limit)
}

/** Handshakes by id, or by the id of the connection or interaction they led to. */
export const findHandshakes = async (text: string, limit: number) =>
  (await prisma()).handshake.findMany({
    where: { OR: [{ id: text }, { grantId: text }, { interactionId: text }] },
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
    take: limit,
    select: { id: true, clientName: true, verdict: true, startedAt: true },
  })
