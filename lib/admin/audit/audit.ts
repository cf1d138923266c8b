import 'server-only'
import { listed } from '@/lib/admin/list'
import { searchText } from '@/lib/admin/paging'
import { query } from '@/lib/auth/declared'
import { isAuditAction } from '@/lib/store/audit/actions'
import { type AuditRecord, listStoredAudit, newestActors } from '@/lib/store/audit/list'
import { userEmails } from '@/lib/store/people/users'

const path = '/admin/audit'

const toRow = (emails: ReadonlyMap<string, string>) => (entry: AuditRecord) => ({
  /** decimal string of a 64-bit id */
  id: String(entry.id),
  at: entry.at,
  /** an `AuditAction`; an older version may have written another */
  action: entry.action,
  userId: entry.userId,
  /** `null` if Portico did it, or the account was deleted */
  userEmail: entry.userId === null ? null : (emails.get(entry.userId) ?? null),
  address: entry.address,
  subject: entry.subject,
  /** the subject's name at that time */
  subjectName: entry.name,
  before: entry.before,
  after: entry.after,
  facts: entry.facts,
})

/** One change: who did what, to what, from where, and the state before. */
export type AuditRow = Readonly<ReturnType<ReturnType<typeof toRow>>>

/** A date from a URL; `undefined` if invalid. */
function moment(text: string | undefined): Date | undefined {
  const at = text ? new Date(text) : null
  const isKnown = at !== null && at.getTime() >= 0 && at.getUTCFullYear() < 10_000
  return isKnown ? at : undefined
}

/** Ids are 64-bit numbers; any other cursor starts at the first page. */
const idOf = (mark: string | undefined): bigint | undefined =>
  mark && /^\d{1,18}$/.test(mark) ? BigInt(mark) : undefined

/** The audit trail, newest first. */
export const listAudit = listed({ role: 'operator', path }, async (_, params, slice) => {
  const filter = {
    text: params.q,
    action: isAuditAction(params.action) ? params.action : undefined,
    userId: searchText(params.user),
    subject: searchText(params.subject),
    from: moment(params.from),
    to: moment(params.to),
  }
  const entries = await listStoredAudit(filter, slice.limit, idOf(slice.after))
  const emails = await userEmails(entries.flatMap(({ userId }) => userId ?? []))
  return entries.map(toRow(emails))
})

/** The people who recently changed something, by name. */
export const readAuditPeople = query({ role: 'operator', path }, async () => {
  const emails = await userEmails(await newestActors())
  return [...emails]
    .map(([value, label]) => ({ value, label }))
    .sort((a, b) => a.label.localeCompare(b.label))
})

/** A person to filter by. */
export type AuditChoice = Awaited<ReturnType<typeof readAuditPeople>>[number]
