import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it, test } from 'vitest'
import manifest from '@/package.json'

const root = path.join(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const documents = [
  'README.md',
  ...readdirSync(path.join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

/** Text without what is shown as code, in which brackets and signs mean other things. */
const prose = (text: string): string => text.replace(/^```[\s\S]*?^```/gm, '')

/** What a heading is linked by, as GitHub does it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-')

const anchorsOf = (file: string): string[] =>
  [...prose(read(file)).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading))

/** Links of a document to files beside it, and to headings. */
const linksOf = (file: string): string[] =>
  [...prose(read(file)).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))

function isThere(from: string, link: string): boolean {
  const [name = '', anchor] = link.split('#')
  const file = name ? path.join(path.dirname(from), name) : from
  if (!existsSync(path.join(root, file))) return false
  return anchor === undefined || anchorsOf(file).includes(anchor)
}

it.each(documents)('%s links to what is there', (file) => {
  expect(linksOf(file).filter((link) => !isThere(file, link))).toEqual([])
})

test('the README links to every document', () => {
  const linked = new Set(linksOf('README.md').map((link) => link.split('#')[0]))
  expect(documents.filter((file) => file !== 'README.md' && !linked.has(file))).toEqual([])
})

test('docs/development.md names every command', () => {
  const guide = read('docs/development.md')
  // npm runs it by itself
  const commands = Object.keys(manifest.scripts).filter((name) => name !== 'postinstall')
  const said = (name: string) => new RegExp(`\`[^\`]*npm (run )?${name}(?![\\w:-])`).test(guide)
  expect(commands.filter((name) => !said(name))).toEqual([])
})

test('what the app says is in a document is there', () => {
  const folders = ['lib', 'app', 'components'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map(
      (name) => `${folder}/${name}`,
    ),
  )
  const sources = folders.filter(
    (name) => /\.(tsx?|mjs)$/.test(name) && !name.startsWith('lib/store/generated'),
  )
  const named = sources.flatMap((file) =>
    [...read(file).matchAll(/\bdocs\/[\w-]+\.\w+/g)].map(([name]) => name),
  )
  expect(named).toContain('docs/deploy-node.md')
  expect(named.filter((name) => !existsSync(path.join(root, name)))).toEqual([])
})
