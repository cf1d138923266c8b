import { visible } from '@/lib/text'

/**
 * Untrusted texts in Markdown that is pasted elsewhere: no link, no image, no mention, no issue reference,
 * and nothing that ends the line, the list or the cell it is in.
 */

const longest = 1000

/** Invisible, between a sign and what it would act on. */
const joiner = '\u2060'

/** Untrusted text as code: nothing in it is interpreted. */
export function code(text: string, most = longest): string {
  const shown = visible(text, most)
  if (shown === '') return ''
  const runs = shown.match(/`+/g) ?? []
  const fence = '`'.repeat(1 + Math.max(0, ...runs.map(({ length }) => length)))
  const space = shown.startsWith('`') || shown.endsWith('`') ? ' ' : ''
  return `${fence}${space}${shown}${space}${fence}`
}

/** {@link code} in a table, where a bar ends the cell even inside code. */
export const codeCell = (text: string): string => code(text.replaceAll('|', '¦'), 300)

/** A sentence of this server that may quote untrusted text. */
export const prose = (text: string): string =>
  visible(text, 4 * longest)
    .replaceAll('&', '&amp;')
    .replace(/[\\`*_[\]<>|~!]/g, '\\$&')
    .replace(/[@#]/g, `$&${joiner}`)
    .replace(/\b(gh)-(?=\d)/gi, `$1-${joiner}`)
    .replace(/:\/\//g, `:${joiner}//`)
    .replace(/\b(www)\./gi, `$1${joiner}.`)
    .replace(/^[-+=](?!\d)/, '\\$&')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2')
