import 'server-only'
import {
  changing,
  isReferenceViolation,
  prisma,
  transaction,
  unless,
} from '@/lib/store/database/database'
import { insertEventsWith, type NewEvent } from '@/lib/store/events/events'
import type {
  Client as ClientRow,
  Interaction as InteractionRow,
} from '@/lib/store/generated/client'

/** One visit to /authorize, from a valid request to the person's decision. */
export type Interaction = Readonly<InteractionRow> & {
  readonly client: Omit<ClientRow, 'secretHash' | 'metadata'> & {
    readonly uri: string | null
  }
  /** the user whose answer it has, held or not */
  readonly ownerId: string | null
}

/** What is stored of a new interaction. */
type NewInteraction = Omit<
  InteractionRow,
  'shownAt' | 'grantId' | `decided${string}` | 'decision' | `held${string}` | `released${string}`
>

/** Stores an interaction together with its event. @returns whether its client still existed */
export const createInteraction = (
  interaction: NewInteraction,
  events: readonly NewEvent[],
): Promise<boolean> =>
  unless(isReferenceViolation, () =>
    transaction(async (connection) => {
      await connection.interaction.create({ data: interaction })
      await insertEventsWith(connection, events)
      return true
    }),
  )

/** The interaction with its client, or `null`. */
export async function findInteraction(id: string): Promise<Interaction | null> {
  const row = await (await prisma()).interaction.findUnique({
    where: { id },
    include: { client: true, grant: { select: { userId: true } } },
  })
  if (!row) return null
  const { client, grant, ...interaction } = row
  const ownerId = grant?.userId ?? row.heldById ?? row.decidedById
  const uri = (client.metadata as Record<string, unknown>).client_uri
  return {
    ...interaction,
    ownerId,
    client: { ...client, uri: typeof uri === 'string' ? uri : null },
  }
}

/** Records that the consent page was shown. @returns whether it was the first time */
export async function noteShown(id: string, at: Date): Promise<boolean> {
  const { count } = await (await prisma()).interaction.updateMany({
    where: { id, shownAt: null },
    data: { shownAt: at },
  })
  return count === 1
}

/**
 * Ends an interaction with a denial. One conditional statement, so that only one of two answers counts.
 *
 * @param userId who denies it
 * @returns whether this call ended it
 */
export const denyInteraction = (
  id: string,
  userId: string,
  at: Date,
  events: readonly NewEvent[],
): Promise<boolean> =>
  changing(
    ({ interaction }) =>
      interaction.updateMany({
        where: { id, decidedAt: null, heldAt: null, expiresAt: { gt: at } },
        data: { decidedAt: at, decision: 'denied', decidedById: userId },
      }),
    (connection) => insertEventsWith(connection, events),
  )
