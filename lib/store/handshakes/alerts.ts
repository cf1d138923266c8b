import 'server-only'
import type { StageId } from '@/lib/handshake/handshake'
import type { Lane } from '@/lib/handshake/lane'
import { prisma } from '@/lib/store/database/database'
import { Prisma } from '@/lib/store/generated/client'

/** A failed or stalled handshake, as far as an alert needs it. */
export type TroubledHandshake = {
  readonly id: string
  readonly lane: Lane
  readonly verdict: { readonly kind: 'stalled' | 'failed'; readonly stage: StageId }
  /** since when */
  readonly verdictAt: Date
}

/** The lane, and the period in which the verdict fell. */
export type TroubleQuery = {
  readonly lane: Lane
  readonly kind: 'stalled' | 'failed'
  readonly from: Date
  readonly until: Date
}

/**
 * Excludes what is not worth an alert. Monitors and scanners knock and never go on: their product is
 * unknown and they reached nothing but the challenge. In lanes without a person, also what
 * lib/handshake/noise.ts calls nobody, so that it does not fill the page of candidates.
 */
const isNews = (lane: Lane): Prisma.Sql =>
  lane === 'person'
    ? Prisma.sql`not (surface = 'unknown' and "clientId" is null)`
    : Prisma.sql`"clientId" is not null
        and (surface <> 'unknown' or (identification is not null and verdict = 'failed'))`

const pending = ({ lane, kind, from, until }: TroubleQuery): Prisma.Sql => Prisma.sql`
  select id, lane, verdict, stage, "verdictAt" from "Handshake" h
  where lane = ${lane} and verdict = ${kind} and "verdictAt" > ${from} and "verdictAt" <= ${until}
    and ${isNews(lane)}
    and not exists (select from "HandshakeAlert" a
      where a."handshakeId" = h.id and a.verdict = h.verdict || ':' || h.stage)
  order by "verdictAt"`

/** The columns of a {@link TroubledHandshake}. */
const troubled = Prisma.sql`
  id, lane, json_build_object('kind', verdict, 'stage', stage) as verdict, "verdictAt"`

/** Handshakes that became `stalled` or `failed` and have had no alert. */
export const pendingTrouble = async (query: TroubleQuery): Promise<TroubledHandshake[]> =>
  (await prisma()).$queryRaw<TroubledHandshake[]>`
    select ${troubled} from (${pending(query)} limit 100) as pending order by "verdictAt"`

/** Records that an alert is being sent. @returns whether this call is the one to send it */
export async function claimAlert(handshake: TroubledHandshake, at: Date): Promise<boolean> {
  const { id, verdict } = handshake
  const { count } = await (await prisma()).handshakeAlert.createMany({
    data: [{ handshakeId: id, verdict: `${verdict.kind}:${verdict.stage}`, at }],
    skipDuplicates: true,
  })
  return count === 1
}

/** {@link pendingTrouble}, claimed in one statement: strangers may cause thousands. */
export const claimTrouble = async (query: TroubleQuery, at: Date): Promise<TroubledHandshake[]> =>
  (await prisma()).$queryRaw<TroubledHandshake[]>`
    with found as materialized (${pending(query)} limit 500),
    claimed as (
      insert into "HandshakeAlert" ("handshakeId", verdict, at)
      select id, verdict || ':' || stage, ${at} from found
      on conflict do nothing returning "handshakeId")
    select ${troubled} from found
    where id in (select "handshakeId" from claimed) order by "verdictAt"`

/** Attempts without a person that ended alike. */
type UnattendedCount = {
  readonly surface: string
  readonly kind: 'stalled' | 'failed'
  readonly stage: StageId
  readonly count: number
}

/** Attempts without a person since a time, none of which had its own alert. */
type Unattended = {
  /** largest first */
  readonly counts: readonly UnattendedCount[]
  /** how many addresses they came from, and how many of the attempts came from Anthropic's network */
  readonly addresses: number
  readonly fromClaude: number
}

/** Steps that wait for a person: most attempts that end here were merely abandoned. */
const personsSteps = ['signed-in', 'consent-shown', 'decided']

/** What was held back since `since` for one message, as it is now. */
export async function unattendedSince(since: Date): Promise<Unattended> {
  const rows = await (await prisma()).$queryRaw<
    (UnattendedCount & { addresses: number; fromClaude: number })[]
  >`
    with held as materialized (
      select h.surface, h.verdict as kind, h.stage, h.lane, opening.address
      from "HandshakeAlert" a join "Handshake" h on h.id = a."handshakeId"
        left join "Event" opening on opening.id = substr(h.id, 4)::bigint
      where a.at >= ${since} and a.verdict = h.verdict || ':' || h.stage and h.lane <> 'person'
        and not (h.verdict = 'stalled' and h.stage = any(${personsSteps}::text[]))
        and not exists (select from "AlertDelivery" d where d."handshakeId" = h.id)
      limit 20000)
    select surface, kind, stage, count(*)::int as count,
      (select count(distinct address)::int from held) as addresses,
      (select count(*)::int from held where lane = 'claude') as "fromClaude"
    from held group by surface, kind, stage order by count(*) desc, surface, stage`
  const { addresses = 0, fromClaude = 0 } = rows[0] ?? {}
  const counts = rows.map(({ surface, kind, stage, count }) => ({ surface, kind, stage, count }))
  return { counts, addresses, fromClaude }
}
