/** How long the name of a client or of a person may be, in letters. */
export const longestName = 100

/** Unseen: controls, what reorders or joins letters, fillers, private use, line separators. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/gu

/** Blank, and not the space: U+2800 is a Braille cell without a dot. */
const blanks = /[\p{Zs}\u2800]+/gu

/** No script needs more than three marks on a letter; more of them cover the lines around it. */
const heapedMarks = /(\p{M}{3})\p{M}+/gu

/**
 * A text that a stranger chose, as people may be shown it: without what cannot be seen, in one
 * spacing, and with whole surrogate pairs, since PostgreSQL stores nothing else. Everything that can
 * be seen stays, quotation marks and backslashes too.
 *
 * @param longest in letters (code points)
 */
export function shownText(text: string, longest: number): string {
  // marks are put in order in time quadratic in how many there are (UAX 15), so most are cut off first
  const seen = text
    .toWellFormed()
    .replace(unseen, '')
    .slice(0, longest * 8)
  const plain = seen
    .toWellFormed()
    .normalize('NFC')
    .replace(blanks, ' ')
    .replace(heapedMarks, '$1')
    // a mark with no letter before it would sit on what stands before it
    .replace(/(^| )[\p{M} ]+/gu, '$1')
  return [...plain].slice(0, longest).join('').trim()
}
