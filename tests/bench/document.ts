import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '@/lib/cli/build.mjs'

const file = path.join(root, 'docs/benchmarks.md')
/** `npm run bench` writes what stands above this line, `npm run sizes` what stands below. */
const border = '<!-- sizes -->'

const parts = (): [string, string] => {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const at = text.indexOf(border)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + border.length)]
}

const write = (speeds: string, sizes: string): void =>
  writeFileSync(file, `${speeds.trim()}\n${sizes.trim() ? `\n${border}\n\n${sizes.trim()}\n` : ''}`)

/** Replaces what docs/benchmarks.md says of speeds. */
export const writeSpeeds = (text: string): void => write(text, parts()[1])

/** Replaces what docs/benchmarks.md says of sizes. */
export const writeSizes = (text: string): void => write(parts()[0], text)
