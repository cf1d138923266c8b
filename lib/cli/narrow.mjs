import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A character beyond Latin-1, and the backslashes before it. */
const wide = /(\\*)([\u0100-\uffff])/g

/** What a backslash before it escapes is the character itself. @param {string} slashes @param {string} character */
const narrowed = (slashes, character) =>
  `${slashes.slice(slashes.length % 2)}\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/**
 * The same script in Latin-1: what is beyond it is written as escapes.
 *
 * @param {string} text
 */
export const narrowScript = (text) =>
  text.replace(wide, (_, slashes, character) => narrowed(slashes, character))

/**
 * Writes what is beyond Latin-1 in the scripts of a build as escapes. V8 keeps the source of what it
 * runs, and one such character makes it keep two bytes for each of all the others.
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
