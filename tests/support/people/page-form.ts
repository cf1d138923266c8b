import type { Operator } from './operator'

const unescaped = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&amp;', '&')

const attribute = (tag: string, name: string): string | undefined => {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
  return value === undefined ? undefined : unescaped(value)
}

/** What a browser without JavaScript sends for an input; nothing for an unchecked one. */
function sent(tag: string): readonly [string, string] | null {
  const name = attribute(tag, 'name')
  const isChoice = /\stype="(radio|checkbox)"/.test(tag)
  if (!name || (isChoice && !/\schecked\b/.test(tag))) return null
  return [name, attribute(tag, 'value') ?? '']
}

/**
 * The fields of a page's form that has a button with this name.
 *
 * @throws {Error} if there is none
 */
export function formWith(html: string, button: string): FormData {
  const forms = html.match(/<form\b[\s\S]*?<\/form>/g) ?? []
  const found = forms.find((form) => new RegExp(`>${button}<`).test(form))
  if (!found) throw new Error(`no form has the button "${button}"`)
  const fields = new FormData()
  for (const [tag] of found.matchAll(/<input\b[^>]*>/g)) {
    const field = sent(tag)
    if (field) fields.append(...field)
  }
  return fields
}

/** Opens a page and presses a button of one of its forms, without JavaScript. */
export async function press(
  browser: Operator,
  path: string,
  button: string,
  values: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const page = await browser.open(path)
  const fields = formWith(await page.text(), button)
  for (const [name, value] of Object.entries(values)) fields.set(name, value)
  return browser.open(path, { method: 'POST', body: fields })
}
