/** A text field of a form; anything else counts as empty. */
export function textOf(form: FormData, field: string): string {
  const value = form instanceof FormData ? form.get(field) : null
  return typeof value === 'string' ? value : ''
}
