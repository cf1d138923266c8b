import 'server-only'
import { prisma } from '@/lib/store/database/database'

/**
 * What Portico limits because strangers cause too much of it, so that the overview can say so. Each kind is
 * one row of `Setting`, shared by all instances.
 */

/**
 * `folded`: requests counted in another request's event; `pruned`: events deleted early; `clients`:
 * unapproved clients deleted early; `interactions`: authorization requests without a sign-in, deleted
 * early; `alerts`: alerts sent together with others or not at all.
 */
const heldBackKinds = ['folded', 'pruned', 'clients', 'interactions', 'alerts'] as const

/** What is held back. */
export type HeldBackKind = (typeof heldBackKinds)[number]

/** How much of a kind was held back in one spell. */
type HeldBack = {
  readonly kind: HeldBackKind
  readonly count: number
  readonly since: Date
  readonly lastAt: Date
}

/** A spell ends when nothing was held back for this long. */
const spellMs = 24 * 3600 * 1000

const keyOf = (kind: HeldBackKind): string => `held-back.${kind}`

/** Records an amount held back. One small write: call it once per batch, not once per request. */
export async function noteHeldBack(
  kind: HeldBackKind,
  count: number,
  now = new Date(),
): Promise<void> {
  if (count <= 0) return
  const ended = new Date(now.getTime() - spellMs)
  const begun = JSON.stringify({ count, since: now.toISOString() })
  await (await prisma()).$executeRaw`
    insert into "Setting" as kept (key, value, "updatedAt")
    values (${keyOf(kind)}, ${begun}::jsonb, ${now})
    on conflict (key) do update set "updatedAt" = excluded."updatedAt",
      value = case when kept."updatedAt" < ${ended} then excluded.value
        else jsonb_set(kept.value, '{count}',
          to_jsonb((kept.value ->> 'count')::bigint + ${count}::bigint)) end`
}

/** What was held back within the last day, in the order of {@link heldBackKinds}. */
export async function readHeldBack(now = new Date()): Promise<HeldBack[]> {
  const rows = await (await prisma()).setting.findMany({
    where: {
      key: { in: heldBackKinds.map(keyOf) },
      updatedAt: { gte: new Date(now.getTime() - spellMs) },
    },
  })
  return heldBackKinds.flatMap((kind) => {
    const row = rows.find(({ key }) => key === keyOf(kind))
    if (!row) return []
    const { count, since } = row.value as { count: number; since: string }
    return [{ kind, count: Number(count), since: new Date(since), lastAt: row.updatedAt }]
  })
}
