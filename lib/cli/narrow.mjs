import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A character beyond Latin-1, and the backslashes before it. */
const wide = /(\\*)([\u0100-\uffff])/g

/** A backslash before the character escapes nothing and goes. @param {string} slashes @param {string} character */
const narrowed = (slashes, character) =>
  `${slashes.slice(slashes.length % 2)}\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** The same script in Latin-1, with other characters as escapes. @param {string} text */
export const narrowScript = (text) =>
  text.replace(wide, (_, slashes, character) => narrowed(slashes, character))

/**
 * Escapes characters beyond Latin-1 in the scripts of a build. V8 keeps the source of scripts, and one
 * such character makes it use two bytes for each character.
 *
 * @param {string} directory
 */
export function narrowSources(directory) {
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.js')) continue
    const file = join(directory, name)
    const text = readFileSync(file, 'utf8')
    const narrow = narrowScript(text)
    if (narrow !== text) writeFileSync(file, narrow)
  }
}
