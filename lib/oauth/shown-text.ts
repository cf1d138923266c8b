/** Maximum length of the name of a client or person, in letters. */
export const longestName = 100

/** Invisible: controls, what reorders or joins letters, fillers, private use, line separators. */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/gu

/** Blanks other than the space: U+2800 is a Braille cell without a dot. */
const blanks = /[\p{Zs}\u2800]+/gu

/** No script needs more than three marks on a letter; more would cover the lines around it. */
const excessMarks = /(\p{M}{3})\p{M}+/gu

/**
 * A stranger's text in a form that is safe to show: without invisible characters, with plain spacing
 * and whole surrogate pairs, since PostgreSQL stores nothing else. Everything visible stays, quotation
 * marks and backslashes too.
 *
 * @param longest in letters (code points)
 */
export function shownText(text: string, longest: number): string {
  // ordering marks takes time quadratic in their number (UAX 15), so most are cut off first
  const seen = text
    .toWellFormed()
    .replace(invisible, '')
    .slice(0, longest * 8)
  const plain = seen
    .toWellFormed()
    .normalize('NFC')
    .replace(blanks, ' ')
    .replace(excessMarks, '$1')
    // a mark with no letter before it would be drawn on whatever precedes it
    .replace(/(^| )[\p{M} ]+/gu, '$1')
  return [...plain].slice(0, longest).join('').trim()
}
