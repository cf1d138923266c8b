/**
 * What is done to texts that a stranger chose. Everything here takes time in proportion to the
 * length of its text, whatever is in it.
 */

/** A text without the slashes at its end. */
export function withoutTrailingSlashes(text: string): string {
  let end = text.length
  while (end > 0 && text[end - 1] === '/') end -= 1
  return text.slice(0, end)
}

/** What cannot be seen, and what reorders or breaks the lines around it. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]+/gu

/**
 * A text that a stranger chose, on one line, without what cannot be seen or turns the reading
 * around, and no longer than is told.
 *
 * @param longest in UTF-16 code units, with the mark of what was cut off
 */
export function visible(text: string, longest: number): string {
  // a character that goes may have been most of it, and what is far beyond is not looked at
  const seen = text
    .slice(0, longest * 4)
    .replace(unseen, ' ')
    .trim()
    .toWellFormed()
  const cut = seen.length > longest || text.length > longest * 4
  return cut ? `${seen.slice(0, longest - 1).trimEnd()}…`.toWellFormed() : seen
}
