/** A text field of what a form sent; anything else, and a form that is none, counts as empty. */
export function textOf(form: unknown, field: string): string {
  const value = form instanceof FormData ? form.get(field) : null
  return typeof value === 'string' ? value : ''
}

/** Whether a box of what a form sent is ticked. */
export const isTicked = (form: unknown, field: string): boolean =>
  form instanceof FormData && form.has(field)
