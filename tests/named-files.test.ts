import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

/** A file of this repository, as text names it: in a setting, a script of a test, a comment, a document. */
const named =
  /(?<![\w@/.-])(?:@\/|(?:\.\.?\/)*)((?:app|components|lib|tests)\/[\w./[\]()-]+\.(?:ts|tsx|mjs))\b/g

/** These name files that do not exist: samples of source code, and a guide to a new file. */
const samples = [
  'tests/named-files.test.ts',
  'tests/architecture.test.ts',
  'tests/mutations/mutations.test.ts',
  'docs/tools.md',
]

const folders = ['app', 'components', 'docs', 'lib', 'prisma', 'tests']
const generated = 'lib/store/generated/'
const files = [
  ...readdirSync('.'),
  ...folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  ),
]
  .filter((file) => /\.(?:ts|tsx|mjs|json|md|prisma|yaml)$|Dockerfile$/.test(file))
  .filter((file) => !file.startsWith(generated) && !/node_modules|package-lock/.test(file))
  .filter((file) => statSync(file).isFile())
  .filter((file) => !samples.includes(file))

const namesIn = (text: string): string[] => [...text.matchAll(named)].map(([, name = '']) => name)

/** A setting that names no file is no error to the compiler, and no alias to the bundler. */
it('every file that another one names exists', () => {
  const missing = files.flatMap((file) =>
    namesIn(readFileSync(file, 'utf8'))
      .filter((name) => !existsSync(name))
      .map((name) => `${file}: ${name}`),
  )
  expect(missing).toEqual([])
  expect(namesIn("alias: './lib/store/none.ts' // see ../lib/a/b.mjs")).toEqual([
    'lib/store/none.ts',
    'lib/a/b.mjs',
  ])
})
