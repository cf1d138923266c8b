/** Hosted Claude gives up a tool call after 240 s; ours ends before, so that it can still say why. */
export const longestCallMs = 230_000

/** How long a tool may take that does not say otherwise. */
export const usualCallMs = 60_000

/** The most characters hosted Claude takes of one result. */
export const mostCharacters = 150_000

/** What a result has around the two copies of its data, and a little more. */
const aroundData = 200

/**
 * How many characters JSON takes in a result, where data is sent twice: as structured content, and
 * as text inside a JSON string, in which every quote and backslash takes two.
 */
export const charactersInResult = (json: string): number =>
  2 * json.length + (json.match(/["\\]/g)?.length ?? 0)

/** Whether a result with this JSON as its data is one that hosted Claude takes. */
export function fitsResult(json: string): boolean {
  const room = mostCharacters - aroundData
  // most results are small: no need to count
  return 3 * json.length <= room || charactersInResult(json) <= room
}

/** Messages in one request; only revision 2025-03-26 has more than one, and clients sent a handful. */
export const mostInBatch = 100
