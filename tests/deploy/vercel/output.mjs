import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import path from 'node:path'

/** Reads what `vercel build` wrote: Build Output API v3. */

/**
 * The folders of an output's functions, each once: a path that shares a function is a link to its folder.
 *
 * @param {string} output
 * @returns {string[]}
 */
export function functionFolders(output) {
  const found = new Set(functionPaths(output).values())
  return [...found].sort()
}

/**
 * Which function answers which path.
 *
 * @param {string} output
 * @returns {Map<string, string>} e.g. `/admin/log` to the folder of its function
 */
export function functionPaths(output) {
  const top = path.join(output, 'functions')
  /** @type {Map<string, string>} */
  const paths = new Map()
  const look = (/** @type {string} */ folder) => {
    for (const name of readdirSync(folder)) {
      const at = path.join(folder, name)
      if (name.endsWith('.func')) {
        const shown = `/${path.relative(top, at).replace(/\.func$/, '')}`
        paths.set(shown === '/index' ? '/' : shown, realpathSync(at))
      } else if (statSync(at).isDirectory()) look(at)
    }
  }
  look(top)
  return paths
}

/**
 * How a function is run.
 *
 * @typedef {{ handler: string, useWebApi?: boolean, supportsCancellation?: boolean,
 *   supportsResponseStreaming?: boolean, maxDuration?: number }} FunctionConfiguration
 */

/**
 * @param {string} folder of a function
 * @returns {FunctionConfiguration}
 */
export const configurationOf = (folder) =>
  JSON.parse(readFileSync(path.join(folder, '.vc-config.json'), 'utf8'))
