import 'server-only'
import { Console } from 'node:console'
import { asOwn } from '@/lib/cli/output.mjs'
import { processWide } from '@/lib/process-wide'

/** Bypasses what Next adds to a page's console. */
const plain = new Console(process.stdout, process.stderr)

/** What is printed next, without its last line break. */
const printed = processWide('recorder-lines', () => ({ text: '' }))

/** Adds a line to those that are printed together. */
export function addLine(line: string): void {
  printed.text += printed.text === '' ? line : `\n${line}`
}

/** Prints the added lines with one system call. */
export function printLines(): void {
  if (printed.text !== '') asOwn(() => plain.log(printed.text))
  printed.text = ''
}
