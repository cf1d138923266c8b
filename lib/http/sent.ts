/**
 * Readers of what a browser sends to a server action. The types that its script was compiled with bind
 * nobody: each reader takes anything and gives what it says.
 */

/** A text. */
export const text = (sent: string): string => String(sent)

/** A number, `NaN` for what is none. */
export const number = (sent: number): number => Number(sent)

/** Several texts; none for what is no list. */
export const texts = (sent: readonly string[]): string[] =>
  Array.isArray(sent) ? sent.map(String) : []

/** What a form showed before it was sent, which is nobody's business. */
export const before = (_: unknown): null => null

/** The fields of a form. */
export type Form = {
  /** a text field; anything else counts as empty */
  text(field: string): string
  /** whether a box is ticked */
  isTicked(field: string): boolean
}

/** A form; one that is none has no fields. */
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
