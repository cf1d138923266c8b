import { importsOf, isIn, type SourceFile, withoutComments } from './imports'

/** An exported function, parsed from its module's text. */
export type ExportedFunction = {
  readonly name: string
  /** the parameter list, with types */
  readonly params: string
}

const heads =
  /^export (?:async )?function\*? (\w+)(?:<[^(]*>)?\(([^)]*)|^export const (\w+)(?:: [^=\n]+)? =\s*(?:async )?(?:<[^(]*>)?\(([^)]*)/gm

/** A module's exported functions, except those that a call creates. */
export const exportedFunctions = ({ text }: SourceFile): ExportedFunction[] =>
  [...withoutComments(text).matchAll(heads)].map(([, name, params, constant, more]) => ({
    name: name ?? constant ?? '',
    params: params ?? more ?? '',
  }))

/** A module's top-level statements, by the names they declare. */
function statements(text: string): ReadonlyMap<string, string> {
  const parts = withoutComments(text).split(/^(?=export |const |let |function |async |class )/m)
  return new Map(
    parts.map((part) => [
      /^(?:export )?(?:async )?(?:const|let|function\*?|class) (\w+)/.exec(part)?.[1] ?? '',
      part,
    ]),
  )
}

const wordsOf = (text: string): string[] => text.match(/\w+/g) ?? []

/** Names that a module imports from these paths. */
function importedFrom({ path, text }: SourceFile, places: readonly string[]): Set<string> {
  const lines = withoutComments(text).match(/^import [^;]*? from '[^']+'/gm) ?? []
  const names = lines
    .filter((line) => !line.startsWith('import type'))
    .filter((line) => importsOf({ path, text: line }).some(({ target }) => isIn(places, target)))
    .flatMap((line) => line.slice(0, line.indexOf(' from ')).split(/[{},]/))
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'import' && !name.startsWith('type '))
  return new Set(names.map((name) => name.split(' as ').at(-1) ?? name))
}

/** Whether a function uses an import from these paths, directly or through its module's statements. */
export function uses(file: SourceFile, name: string, places: readonly string[]): boolean {
  const [beside, imported] = [statements(file.text), importedFrom(file, places)]
  const seen = new Set<string>()
  const isUsed = (one: string): boolean => {
    if (imported.has(one)) return true
    if (seen.has(one)) return false
    seen.add(one)
    return wordsOf(beside.get(one) ?? '').some(isUsed)
  }
  return isUsed(name)
}
