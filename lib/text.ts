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

/** What parts words, or reorders or breaks the lines around it; most of it cannot be seen. */
const parting = /[\p{Cc}\p{Cf}\p{Z}\u115f\u1160\u3164\uffa0]+/gu

/** Marks that choose how a character looks. A row of them can hide a text that only a program reads. */
const selectors = /\u034f|\u17b4|\u17b5|[\u180b-\u180f]|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]/gu

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
    .replace(selectors, '')
    .replace(parting, ' ')
    .trim()
    .toWellFormed()
  const cut = seen.length > longest || text.length > longest * 4
  return cut ? `${seen.slice(0, longest - 1).trimEnd()}…`.toWellFormed() : seen
}
