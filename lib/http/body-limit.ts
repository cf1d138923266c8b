/** Far above what any client sends to an OAuth endpoint, or a person in a form. */
export const defaultLimit = 64 * 1024

/** Paths with a higher limit. */
const limits: Readonly<Record<string, number>> = {
  // the limit of the SDK
  '/mcp': 4 * 1024 * 1024,
}

/**
 * The largest body that a path accepts, in bytes; unknown paths have a limit, too.
 *
 * @param path without the query; with or without a trailing slash
 */
export function bodyLimit(path: string): number {
  const plain = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
  return Object.hasOwn(limits, plain) ? (limits[plain] ?? defaultLimit) : defaultLimit
}

/** Thrown when a body exceeds the limit. */
export class BodyTooLargeError extends Error {
  override name = 'BodyTooLargeError'
  constructor(readonly limit: number) {
    super(`the body is larger than ${limitInWords(limit)}`)
  }
}

/** Formats a number of bytes for people. */
export const limitInWords = (bytes: number): string =>
  bytes >= 1024 * 1024 ? `${bytes / 1024 / 1024} MiB` : `${bytes / 1024} KiB`
