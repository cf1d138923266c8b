import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import manifest from '@/package.json'
import { importsOf, sourceFiles } from './support/sources/imports'

/**
 * What is a dependency is what the server needs, and what only builds or tests it is a development
 * dependency: the first is what `npm install --omit=dev` brings.
 */

const root = path.join(import.meta.dirname, '..')

/** The start, and what it consists of; the other scripts of lib/cli only run from source. */
const started = ['serve', 'front', 'sender', 'next-request', 'shutdown'].map((name) => ({
  path: `lib/cli/${name}.mjs`,
  text: readFileSync(path.join(root, `lib/cli/${name}.mjs`), 'utf8'),
}))
const styles = readdirSync(path.join(root, 'app'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.css'))
  .map((name) => readFileSync(path.join(root, 'app', name), 'utf8'))
  .join('\n')

const packageOf = (target: string): string =>
  target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/')

const imported = new Set(
  [...sourceFiles('app', 'components', 'lib'), ...started]
    .flatMap(importsOf)
    .filter(({ isType }) => !isType)
    .map(({ target }) => packageOf(target)),
)
const isUsed = (name: string) => imported.has(name) || styles.includes(`'${name}`)

/** Imported by nobody here: by what Prisma generates, and by what React and Next are made of. */
const indirect = ['@prisma/client', 'react-dom']

describe('dependencies', () => {
  it.each(Object.keys(manifest.dependencies))('%s is imported', (name) => {
    expect(isUsed(name) || indirect.includes(name)).toBe(true)
  })

  it('none that is imported is a development dependency', () => {
    const tools = Object.keys(manifest.devDependencies)
    expect(tools.filter((name) => imported.has(name))).toEqual([])
  })
})
