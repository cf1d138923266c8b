/** Thrown at once, without asking, while the database is known to be away. */
export class DatabaseAwayError extends Error {
  override name = 'DatabaseAwayError'
  constructor(readonly reason: string) {
    super(`the database is away: ${reason}`)
  }
}

/** By its name: routes and the front are bundles with a class of their own each. */
export const isAwayError = (error: unknown): error is DatabaseAwayError =>
  error instanceof Error && error.name === 'DatabaseAwayError'

/** Of sockets, as Node names them. */
const socketCodes =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENOSPC)$/
/**
 * SQLSTATE: connection exceptions, a role that is not let in, a database that is not there, a server
 * that shuts down or starts, no connection left, read-only, a full disk, files that are gone or a disk
 * that fails; what the role or the process is not let use, and tables that are not there, as while a
 * restore makes them anew; a statement, a lock or a transaction that took longer than the database lets
 * it, and one that was undone for another's sake.
 */
const stateCodes =
  /^(08...|28...|3D000|57P0[1-5]|53[0-4]00|25006|58030|58P0[12]|42501|42P01|3F000|57014|55P03|25P0[34]|40001|40P01)$/
/** Undone since somebody else did something at the same time: SQLSTATE, Prisma, its adapter. */
const conflicts = /^(40001|40P01|P2034|TransactionWriteConflict)$/
/** Prisma: not reachable, not let in, no table, timed out, closed, no connection or transaction in time. */
const prismaCodes = /^P(1000|1001|1002|1003|1008|1010|1011|1017|2021|2024|2028|2034)$/
/** What Prisma's adapter makes of them. */
const adapterKinds =
  /^(DatabaseNotReachable|DatabaseAccessDenied|DatabaseDoesNotExist|AuthenticationFailed|ConnectionClosed|SocketTimeout|TooManyConnections|TlsConnectionError|TransactionWriteConflict)$/
/** Of node-postgres and PGlite, which have no codes for these. */
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

const matches = (pattern: RegExp, value: unknown): boolean =>
  typeof value === 'string' && pattern.test(value)

const isCode = (code: unknown): boolean =>
  matches(socketCodes, code) || matches(stateCodes, code) || matches(prismaCodes, code)

function says({ code, originalCode, kind, message }: Loose): boolean {
  return (
    isCode(code) ||
    isCode(originalCode) ||
    matches(adapterKinds, kind) ||
    matches(messages, message)
  )
}

const deepest = 6
/** By their names: each bundle has a class of its own. */
const waiting = /^(PendingMigrationsError|UnfitDatabaseError)$/

function looksAway(error: unknown, depth: number): boolean {
  if (typeof error !== 'object' || error === null || depth > deepest) return false
  if (isAwayError(error)) return true
  // tables that must not be changed from here, or settings that nothing can be served with: somebody
  // else may change them, at any time
  if (error instanceof Error && waiting.test(error.name)) return true
  // whoever is fetched from is no database
  if (error instanceof TypeError && error.message === 'fetch failed') return false
  const loose = error as Loose
  return (
    says(loose) ||
    looksAway(loose.cause, depth + 1) ||
    looksAway(loose.meta?.driverAdapterError, depth + 1)
  )
}

/**
 * Whether an error says that the database cannot be asked at present, as opposed to one that it has
 * answered with: trying again later may do. In whichever form it comes: of a socket, of PostgreSQL, of
 * the driver, of Prisma or of the embedded database.
 */
export const isUnavailable = (error: unknown): boolean => looksAway(error, 0)

function isConflictIn(error: unknown, depth: number): boolean {
  if (typeof error !== 'object' || error === null || depth > deepest) return false
  const { code, kind, cause, meta } = error as Loose
  if (matches(conflicts, code) || matches(conflicts, kind)) return true
  return isConflictIn(cause, depth + 1) || isConflictIn(meta?.driverAdapterError, depth + 1)
}

/** Whether an error says that what was asked was undone, and that it may well succeed the next time. */
export const isConflict = (error: unknown): boolean => isConflictIn(error, 0)

function codeIn(error: unknown, depth: number): string | null {
  if (typeof error !== 'object' || error === null || depth > deepest) return null
  const { code, originalCode, cause, meta } = error as Loose
  if (matches(stateCodes, originalCode)) return String(originalCode)
  if (matches(stateCodes, code)) return String(code)
  return codeIn(cause, depth + 1) ?? codeIn(meta?.driverAdapterError, depth + 1)
}

/** The SQLSTATE that says so, where there is one. */
export const stateOf = (error: unknown): string | null => codeIn(error, 0)

/** What a server or a pooler in front of it says that has no connection left to give. */
const fullWords =
  /max(imum)?[ _]client|no more connections|too many (clients|connections)|remaining connection slots/i

/** Whether somebody answered who has no connection left: the database is there, and busy. */
export const isLackOfConnections = (error: unknown): boolean =>
  stateOf(error) === '53300' || fullWords.test(String(Object(error).message ?? ''))

/** Why it is away, in a few words. */
export function reasonAway(error: unknown): string {
  if (isAwayError(error)) return error.reason
  const { message, code } = Object(error) as Loose
  const text = typeof message === 'string' && message !== '' ? message : String(code ?? error)
  return text.split('\n')[0]?.slice(0, 200) ?? 'unknown'
}

/** Whether the database said so: by Prisma, or by the driver itself, whose errors have a severity. */
export const isDatabaseError = (error: unknown): boolean =>
  error instanceof Error && (/^PrismaClient(?!Validation)/.test(error.name) || 'severity' in error)
