import { visible } from '@/lib/text'

/**
 * Texts that strangers chose, in Markdown that is pasted elsewhere: no link, no image, no mention of
 * anybody, no reference to an issue, and nothing that ends the line, the list or the cell it is in.
 */

const longest = 1000

/** Between a sign and what it would act on; not to be seen. */
const joiner = '\u2060'

/** A text of a stranger to be read letter by letter: nothing in it means anything. */
export function code(text: string, most = longest): string {
  const shown = visible(text, most)
  if (shown === '') return ''
  const runs = shown.match(/`+/g) ?? []
  const fence = '`'.repeat(1 + Math.max(0, ...runs.map(({ length }) => length)))
  const space = shown.startsWith('`') || shown.endsWith('`') ? ' ' : ''
  return `${fence}${space}${shown}${space}${fence}`
}

/** {@link code} in a table, whose cells a bar ends even there. */
export const codeCell = (text: string): string => code(text.replaceAll('|', '¦'), 300)

/** A sentence of this server in which something that a stranger sent may be quoted. */
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
