import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Source } from './apply'

/** What no commit has and every run needs. */
const made = 'lib/store/generated'
/** What programs keep there for their next run. */
const caches = ['node_modules/.vite', 'node_modules/.cache']

/** Links are no copies: nothing in them is written to. They take no time, and no room. */
function linkPackages(to: string): void {
  try {
    execFileSync('cp', ['-al', 'node_modules', to], { stdio: 'pipe' })
  } catch {
    // another file system
    rmSync(path.join(to, 'node_modules'), { recursive: true, force: true })
    execFileSync('cp', ['-a', 'node_modules', to])
  }
  for (const cache of caches) rmSync(path.join(to, cache), { recursive: true, force: true })
}

/**
 * Copies the working tree, with what is not committed, to a directory of its own.
 *
 * @param changed files that are others there
 * @returns the directory; whoever asked for it removes it
 */
export function copyTree(changed: readonly Source[]): string {
  const to = mkdtempSync(path.join(os.tmpdir(), 'portico-mutations-'))
  const listed = ['ls-files', '--cached', '--others', '--exclude-standard', '-z']
  const files = execFileSync('git', listed, { encoding: 'utf8' }).split('\0')
  const list = execFileSync('git', ['ls-files', '--deleted', '-z'], { encoding: 'utf8' })
  const deleted = new Set(list.split('\0'))
  for (const file of files.filter((name) => name !== '' && !deleted.has(name))) {
    mkdirSync(path.dirname(path.join(to, file)), { recursive: true })
    cpSync(file, path.join(to, file))
  }
  cpSync(made, path.join(to, made), { recursive: true })
  linkPackages(to)
  for (const { path: file, text } of changed) writeFileSync(path.join(to, file), text)
  return to
}
