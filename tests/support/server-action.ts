import type { Operator } from './operator'

const referenceIn = /\\"id\\":\\"([0-9a-f]{40,44})\\"/g

/** Ids of the server actions that a page hands to its script, in the order they stand there. */
export async function actionsOf(browser: Operator, path: string): Promise<string[]> {
  const html = await (await browser.open(path)).text()
  return [...new Set([...html.matchAll(referenceIn)].map(([, id]) => id ?? ''))]
}

/**
 * Runs a server action of a page, as its script does.
 *
 * @param id see {@link actionsOf}
 * @returns what it answered, as text
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
