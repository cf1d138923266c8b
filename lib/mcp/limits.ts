/** Hosted Claude gives up on a tool call after 240 s; ours ends earlier, to return a reason. */
export const longestCallMs = 230_000

/** Default time limit of a tool call. */
export const defaultCallMs = 60_000

/** The most characters hosted Claude accepts in one result. */
export const mostCharacters = 150_000

/** Overhead of a result around the two copies of its data, rounded up. */
const overhead = 200

/**
 * How many characters some JSON takes in a result. Data is sent twice: as structured content, and as
 * text inside a JSON string, where every quote and backslash takes two characters.
 */
export const charactersInResult = (json: string): number =>
  2 * json.length + (json.match(/["\\]/g)?.length ?? 0)

/** Whether hosted Claude accepts a result with this JSON as its data. */
export function fitsResult(json: string): boolean {
  const room = mostCharacters - overhead
  // most results are small: no need to count
  return 3 * json.length <= room || charactersInResult(json) <= room
}

/** Messages in one request; only revision 2025-03-26 allows several, and clients sent a handful. */
export const mostInBatch = 100
