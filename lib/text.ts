/** Cleans texts that a stranger chose. Everything here takes linear time, whatever the text. */

/** A text without trailing slashes. */
export function withoutTrailingSlashes(text: string): string {
  let end = text.length
  while (end > 0 && text[end - 1] === '/') end -= 1
  return text.slice(0, end)
}

/** Separates words, or reorders or breaks the lines around it; mostly invisible. */
const separators = /[\p{Cc}\p{Cf}\p{Z}\u115f\u1160\u3164\uffa0]+/gu

/** Marks that choose how a character looks. A row of them can hide a text that only programs read. */
const selectors = /\u034f|\u17b4|\u17b5|[\u180b-\u180f]|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]/gu

/**
 * A stranger's text on one line, without invisible characters or reversed reading direction, and not
 * longer than the limit.
 *
 * @param longest in UTF-16 code units, including the ellipsis of a cut text
 */
export function visible(text: string, longest: number): string {
  // removed characters may have been most of it; text far beyond the limit is not examined
  const seen = text
    .slice(0, longest * 4)
    .replace(selectors, '')
    .replace(separators, ' ')
    .trim()
    .toWellFormed()
  const cut = seen.length > longest || text.length > longest * 4
  return cut ? `${seen.slice(0, longest - 1).trimEnd()}…`.toWellFormed() : seen
}
