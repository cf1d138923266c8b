import type { Operator } from './operator'

const unescaped = (text: string): string => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&')

/** A page's form that contains a field, with its hidden fields, as posted without JavaScript. */
export function formWith(html: string, field: string): FormData {
  const forms = html.match(/<form\b[\s\S]*?<\/form>/g) ?? []
  const found = forms.find((text) => text.includes(`name="${field}"`))
  if (!found) throw new Error(`no form has a field ${field}`)
  const fields = new FormData()
  for (const [tag] of found.matchAll(/<input\b[^>]*>/g)) {
    const attribute = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? ''
    fields.set(attribute('name'), unescaped(attribute('value')))
  }
  return fields
}

/** Fills in and submits the form of a page that contains all given fields. */
export async function submitForm(
  browser: Operator,
  path: string,
  values: Readonly<Record<string, string>>,
): Promise<Response> {
  const [first = ''] = Object.keys(values)
  const body = formWith(await (await browser.open(path)).text(), first)
  for (const [name, value] of Object.entries(values)) body.set(name, value)
  return browser.open(path, { method: 'POST', body })
}
