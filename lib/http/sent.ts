/**
 * Readers of arguments to server actions. A browser can send anything, whatever the types say: each
 * reader accepts any value and returns its type.
 */

export const sentText = (sent: string): string => String(sent)

/** A number, or `NaN`. */
export const sentNumber = (sent: number): number => Number(sent)

/** Several texts; empty if the value is not a list. */
export const sentTexts = (sent: readonly string[]): string[] =>
  Array.isArray(sent) ? sent.map(String) : []

/** The previous state of a form, which is ignored. */
export const before = (_: unknown): null => null

/** The fields of a form. */
export type Form = {
  /** a text field; anything else counts as empty */
  text(field: string): string
  /** whether a box is ticked */
  isTicked(field: string): boolean
}

/** A form; any other value has no fields. */
export function form(sent: FormData): Form {
  const fields = sent instanceof FormData ? sent : new FormData()
  return {
    text: (field) => {
      const value = fields.get(field)
      return typeof value === 'string' ? value : ''
    },
    isTicked: (field) => fields.has(field),
  }
}
