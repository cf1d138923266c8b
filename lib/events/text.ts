const clip = (text: string, longest: number): string =>
  text.length > longest ? `${text.slice(0, longest - 1)}…` : text

const isPlain = (text: string): boolean => /^[ -~]*$/.test(text)

/**
 * Untrusted text in a form that is safe to store and print: PostgreSQL takes neither NUL nor half a
 * surrogate pair, and a line break would forge a console line.
 *
 * @param longest in UTF-16 code units, including the truncation mark
 */
export const clean = (text: string, longest: number): string =>
  text.length <= longest && isPlain(text)
    ? text
    : clip(text, longest)
        .replace(/\p{Cc}/gu, '�')
        .toWellFormed()
