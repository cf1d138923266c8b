const letters = new Intl.Segmenter()

/** The first grapheme of a name, which may be several characters (UAX 29). */
export function initialOf(name: string): string {
  for (const { segment } of letters.segment(name)) return segment
  return ''
}
