import type { Operator } from './operator'

const attribute = (tag: string, name: string): string =>
  (new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')

/** A page's form by its button's label, with its hidden fields. */
export function formWith(html: string, button: string): FormData {
  const forms = [...html.matchAll(/<form\b[\s\S]*?<\/form>/g)].map(([form]) => form)
  const wanted = forms.find((form) => form.replaceAll(/<[^>]+>/g, ' ').includes(button))
  if (!wanted) throw new Error(`no form with ${button} in ${html.slice(0, 600)}`)
  const fields = new FormData()
  for (const [tag] of wanted.matchAll(/<input\b[^>]*\btype="hidden"[^>]*>/g)) {
    fields.set(attribute(tag, 'name'), attribute(tag, 'value'))
  }
  return fields
}

/**
 * Submits a page's form without JavaScript.
 *
 * @param button the button's label
 * @param changes fields that are filled in, or tampered with
 */
export async function sendForm(
  browser: Operator,
  path: string,
  button: string,
  changes: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const fields = formWith(await (await browser.open(path)).text(), button)
  for (const [name, value] of Object.entries(changes)) fields.set(name, value)
  return browser.open(path, { method: 'POST', body: fields })
}
