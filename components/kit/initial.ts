const letters = new Intl.Segmenter()

/** The first letter of a name as people see it: some are many characters (UAX 29). */
export function initialOf(name: string): string {
  for (const { segment } of letters.segment(name)) return segment
  return ''
}
