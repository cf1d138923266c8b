/** What was found out about one thing. */
export type Line = { readonly isGood: boolean; readonly title: string; readonly found: string }

/** Prints lines as a table and their sum. @returns whether all are good */
export function print(lines: readonly Line[]): boolean {
  const width = Math.max(...lines.map(({ title }) => title.length))
  for (const { isGood, title, found } of lines) {
    console.log(`${isGood ? 'ok    ' : 'FAILED'}  ${title.padEnd(width)}  ${found}`)
  }
  const failed = lines.filter(({ isGood }) => !isGood).length
  console.log(`${lines.length - failed} passed, ${failed} failed`)
  return failed === 0
}
