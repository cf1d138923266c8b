import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.join(import.meta.dirname, '../../..')

export type SourceFile = {
  /** from the repository root, with `/` */
  readonly path: string
  readonly text: string
}

export type Import = {
  readonly line: number
  /** a path from the root without extension, or a package's name and subpath */
  readonly target: string
  readonly isType: boolean
}

/** Every ts and tsx file below these paths, except generated ones; a path may be a file. */
export function sourceFiles(...paths: string[]): SourceFile[] {
  return paths.flatMap((top) =>
    readdirSync(path.join(root, top), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => path.posix.join(top, name.replaceAll(path.sep, '/')))
      .filter((file) => !file.startsWith('lib/store/generated/'))
      .map((file) => ({ path: file, text: readFileSync(path.join(root, file), 'utf8') })),
  )
}

/** The text without comments; line numbers stay. */
export const withoutComments = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|\s)\/\/.*$/gm, '$1')

/** The line of an offset, from 1. */
export const lineAt = (text: string, offset: number): number =>
  text.slice(0, offset).split('\n').length

const statement =
  /^\s*(?:import\s+(type\s)?\s*(?:[\w$*{},\s]+?\sfrom\s+)?|export\s+(type\s)?\s*(?:\*(?:\s+as\s+[\w$]+)?|\{[^}]*\})\s*from\s+)['"]([^'"]+)['"]/gm
const call = /\b(?:import|require)\(\s*['"]([^'"]+)['"]/g

function targetOf(file: string, specifier: string): string {
  const local = specifier.startsWith('@/')
    ? specifier.slice(2)
    : specifier.startsWith('.')
      ? path.posix.join(path.posix.dirname(file), specifier)
      : null
  return local?.replace(/\.(tsx?|mjs)$/, '') ?? specifier
}

/** A file's imports: static, `export … from`, or dynamic. */
export function importsOf({ path: file, text }: SourceFile): Import[] {
  const code = withoutComments(text)
  const statements = [...code.matchAll(statement)].map((match) => ({
    line: lineAt(code, match.index + match[0].length),
    target: targetOf(file, String(match[3])),
    isType: Boolean(match[1] ?? match[2]),
  }))
  const calls = [...code.matchAll(call)].map((match) => ({
    line: lineAt(code, match.index),
    target: targetOf(file, String(match[1])),
    isType: false,
  }))
  return [...statements, ...calls]
}

/** Imports that some folders must not have. `isIn` matches the names. */
export type Row = {
  readonly in: readonly string[]
  readonly never: readonly string[]
  readonly but?: readonly string[]
  /** `import type` is fine */
  readonly types?: boolean
}

/**
 * Whether one of the names covers a path: `lib/store` covers itself and all below it, `lib/config/env`
 * covers `lib/config/env.ts`, and `lib/oauth/access-token*` every path with that prefix.
 */
export function isIn(names: readonly string[], path: string): boolean {
  return names.some((name) =>
    name.endsWith('*')
      ? path.startsWith(name.slice(0, -1))
      : path === name || path.startsWith(`${name}/`) || path.startsWith(`${name}.`),
  )
}

/** Forbidden imports of a row, as `file:line imports target`. */
export function offences(row: Row, files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => isIn(row.in, file.path))
    .flatMap((file) =>
      importsOf(file)
        .filter(({ target }) => isIn(row.never, target) && !isIn(row.but ?? [], target))
        .filter(({ isType }) => !(isType && row.types))
        .map(({ line, target }) => `${file.path}:${line} imports ${target}`),
    )
}
