import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Operator } from './operator'

const referenceIn = /\\"id\\":\\"([0-9a-f]{40,44})\\"/g

/** Ids of a page's server actions, in document order. */
export async function actionsOf(browser: Operator, path: string): Promise<string[]> {
  const html = await (await browser.open(path)).text()
  return [...new Set([...html.matchAll(referenceIn)].map(([, id]) => id ?? ''))]
}

type Manifest = {
  readonly node: Readonly<
    Record<string, { readonly filename: string; readonly exportedName: string }>
  >
}

/** The id of a server action by name, for a page with several. @param file below `app` */
export function actionNamed(file: string, name: string): string {
  const place = join(import.meta.dirname, '../../../.next/server/server-reference-manifest.json')
  const { node } = JSON.parse(readFileSync(place, 'utf8')) as Manifest
  const found = Object.entries(node).find(
    ([, action]) => action.filename === `app/${file}` && action.exportedName === name,
  )
  if (!found) throw new Error(`${file} has no action ${name}`)
  return found[0]
}

/**
 * Runs a page's server action, as its script does.
 *
 * @param id see {@link actionsOf} and {@link actionNamed}
 * @returns the response text
 */
export async function runAction(
  browser: Operator,
  path: string,
  id: string,
  args: readonly unknown[],
): Promise<{ readonly status: number; readonly text: string }> {
  const response = await browser.open(path, {
    method: 'POST',
    headers: {
      'next-action': id,
      accept: 'text/x-component',
      'content-type': 'text/plain;charset=UTF-8',
    },
    body: JSON.stringify(args),
  })
  return { status: response.status, text: await response.text() }
}
