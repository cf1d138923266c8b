import type { Operator } from '../people/operator'
import type { RegisteredClient } from './oauth'

const attribute = (tag: string, name: string): string =>
  (new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')

/** Creates a client as an admin does, in the dashboard's form without JavaScript. */
export async function makeClient(
  operator: Operator,
  name: string,
  redirectUri: string,
  boxes: readonly string[],
): Promise<RegisteredClient> {
  const html = await (await operator.open('/admin/clients/new')).text()
  const fields = new FormData()
  for (const [tag] of html.matchAll(/<input\b[^>]*\btype="hidden"[^>]*>/g)) {
    fields.set(attribute(tag, 'name'), attribute(tag, 'value'))
  }
  fields.set('name', name)
  fields.set('redirectUris', redirectUri)
  for (const box of boxes) fields.set(box, 'on')
  const made = await operator.open('/admin/clients/new', { method: 'POST', body: fields })
  const page = await made.text()
  const id = /\bclient_[\w-]{22}\b/.exec(page)?.[0]
  if (!id) throw new Error(`no client was created: HTTP ${made.status} ${page.slice(0, 600)}`)
  const secret = /\bpsec_[\w-]+/.exec(page)?.[0]
  return { client_id: id, redirect_uris: [redirectUri], ...(secret && { client_secret: secret }) }
}
