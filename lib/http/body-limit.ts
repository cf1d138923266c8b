/** Far above what any client sends to an OAuth endpoint, and any person with a form. */
export const usualLimit = 64 * 1024

/** Where more is taken. */
const limits: Readonly<Record<string, number>> = {
  // the limit of the SDK
  '/mcp': 4 * 1024 * 1024,
}

/**
 * How long the body of a request may be, in bytes: every path has a limit, known here or not.
 *
 * @param path without the query; with or without a slash at its end
 */
export function bodyLimit(path: string): number {
  const plain = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
  return Object.hasOwn(limits, plain) ? (limits[plain] ?? usualLimit) : usualLimit
}

/** Thrown by whoever reads a body that is longer than that. */
export class BodyTooLargeError extends Error {
  override name = 'BodyTooLargeError'
  constructor(readonly limit: number) {
    super(`the body is larger than ${inWords(limit)}`)
  }
}

/** A number of bytes for people to read. */
export const inWords = (bytes: number): string =>
  bytes >= 1024 * 1024 ? `${bytes / 1024 / 1024} MiB` : `${bytes / 1024} KiB`
