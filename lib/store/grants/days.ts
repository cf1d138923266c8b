import 'server-only'
import { prisma } from '@/lib/store/database/database'

const dayMs = 24 * 3600 * 1000

/** How many days of calls the dashboard counts, including today. */
const daysShown = 30

/** Midnight (UTC) of each shown day, oldest first. */
function shownDays(now: Date): Date[] {
  const today = Math.floor(now.getTime() / dayMs) * dayMs
  return Array.from({ length: daysShown }, (_, index) => {
    return new Date(today - (daysShown - 1 - index) * dayMs)
  })
}

/** Tool calls of the last thirty days by grant, without grants that have none. */
export async function callsLately(
  grantIds: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, number>> {
  if (grantIds.length === 0) return new Map()
  const sums = await (await prisma()).grantDay.groupBy({
    by: ['grantId'],
    where: { grantId: { in: [...grantIds] }, day: { gte: shownDays(now)[0] ?? now } },
    _sum: { calls: true },
  })
  return new Map(sums.map(({ grantId, _sum }) => [grantId, _sum.calls ?? 0]))
}

/** Tool calls of a grant on each of the last thirty days, oldest first. */
export async function callsByDay(
  grantId: string,
  now: Date,
): Promise<{ readonly day: Date; readonly calls: number }[]> {
  const days = shownDays(now)
  const rows = await (await prisma()).grantDay.findMany({
    where: { grantId, day: { gte: days[0] ?? now } },
    select: { day: true, calls: true },
  })
  const calls = new Map(rows.map((row) => [row.day.getTime(), row.calls]))
  return days.map((day) => ({ day, calls: calls.get(day.getTime()) ?? 0 }))
}
