/** Thrown at once, without a query, while the database is known to be away. */
export class DatabaseAwayError extends Error {
  override name = 'DatabaseAwayError'
  constructor(readonly reason: string) {
    super(`the database is away: ${reason}`)
  }
}

/** Checked by name: each bundle has its own class. */
export const isAwayError = (error: unknown): error is DatabaseAwayError =>
  error instanceof Error && error.name === 'DatabaseAwayError'

/** Node's codes of socket errors. */
const socketCodes =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENOSPC)$/
/**
 * SQLSTATE: connection exceptions, a role without access, a missing database, a server that is
 * shutting down or starting, no connection left, read-only, a full disk, missing files or a failing
 * disk; insufficient privilege, and missing tables, as while a restore recreates them; a statement, a
 * lock or a transaction that timed out, and one that was rolled back in favour of another.
 */
const stateCodes =
  /^(08...|28...|3D000|57P0[1-5]|53[0-4]00|25006|58030|58P0[12]|42501|42P01|3F000|57014|55P03|25P0[34]|40001|40P01)$/
/** Rolled back because of a concurrent change: SQLSTATE, Prisma, its adapter. */
const conflicts = /^(40001|40P01|P2034|TransactionWriteConflict)$/
/** Prisma: unreachable, no access, no table, timeout, closed, no connection or transaction in time. */
const prismaCodes = /^P(1000|1001|1002|1003|1008|1010|1011|1017|2021|2024|2028|2034)$/
/** Prisma's adapter's names for them. */
const adapterKinds =
  /^(DatabaseNotReachable|DatabaseAccessDenied|DatabaseDoesNotExist|AuthenticationFailed|ConnectionClosed|SocketTimeout|TooManyConnections|TlsConnectionError|TransactionWriteConflict)$/
/** Messages of node-postgres and PGlite, which have no codes for these. */
const messages =
  /^(Connection terminated|timeout expired$|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Client was closed|PGlite is clos|Cannot use a pool after)/

type Loose = {
  readonly code?: unknown
  readonly originalCode?: unknown
  readonly kind?: unknown
  readonly message?: unknown
  readonly cause?: unknown
  readonly meta?: { readonly driverAdapterError?: unknown }
}

const matches = (pattern: RegExp, value: unknown): value is string =>
  typeof value === 'string' && pattern.test(value)

const isCode = (code: unknown): boolean =>
  matches(socketCodes, code) || matches(stateCodes, code) || matches(prismaCodes, code)

const hasKnownCode = ({ code, originalCode, kind, message }: Loose): boolean =>
  isCode(code) || isCode(originalCode) || matches(adapterKinds, kind) || matches(messages, message)

const deepest = 6

/** An error and the errors it was thrown for, outermost first. */
function chainOf(error: unknown, depth = 0): readonly Loose[] {
  if (typeof error !== 'object' || error === null || depth > deepest) return []
  // a failed fetch concerns another server, not the database
  if (error instanceof TypeError && error.message === 'fetch failed') return []
  const { cause, meta } = error as Loose
  return [error, ...chainOf(cause, depth + 1), ...chainOf(meta?.driverAdapterError, depth + 1)]
}

/**
 * Pending migrations or unusable settings of the database, which an operator may fix at any time.
 * Checked by name: each bundle has its own class.
 */
const pendingErrors = /^(PendingMigrationsError|UnfitDatabaseError)$/

const isPending = (error: unknown): boolean =>
  error instanceof Error && pendingErrors.test(error.name)

/**
 * Whether an error means that the database cannot be reached at present, as opposed to an answer from
 * it: a retry may succeed. Recognizes errors of sockets, PostgreSQL, the driver, Prisma and the
 * embedded database.
 */
export const isUnavailable = (error: unknown): boolean =>
  chainOf(error).some((one) => isAwayError(one) || isPending(one) || hasKnownCode(one))

/** Whether an error means that a transaction was rolled back and may succeed on a retry. */
export const isConflict = (error: unknown): boolean =>
  chainOf(error).some(({ code, kind }) => matches(conflicts, code) || matches(conflicts, kind))

/** The SQLSTATE of an error, if it has one. */
export const stateOf = (error: unknown): string | null =>
  chainOf(error)
    .flatMap(({ code, originalCode }) => [originalCode, code])
    .find((code) => matches(stateCodes, code)) ?? null

/** Messages of a server or a pooler without free connections. */
const fullMessages =
  /max(imum)?[ _]client|no more connections|too many (clients|connections)|remaining connection slots/i

/** Whether a server or pooler answered that it has no free connection: the database is up, but busy. */
export const isLackOfConnections = (error: unknown): boolean =>
  stateOf(error) === '53300' || fullMessages.test(String(Object(error).message ?? ''))

/** Why the database is away, in a few words. */
export function reasonAway(error: unknown): string {
  if (isAwayError(error)) return error.reason
  const { message, code } = Object(error) as Loose
  const text = typeof message === 'string' && message !== '' ? message : String(code ?? error)
  return text.split('\n')[0]?.slice(0, 200) ?? 'unknown'
}

/** Whether an error came from the database: through Prisma, or the driver, whose errors have a severity. */
export const isDatabaseError = (error: unknown): boolean =>
  error instanceof Error && (/^PrismaClient(?!Validation)/.test(error.name) || 'severity' in error)
