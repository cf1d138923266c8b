import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '../../..')

/** A route of the app: its path segments, of which `[x]`, `[...x]` and `[[...x]]` match any. */
export type AppRoute = { readonly file: string; readonly parts: readonly string[] }

/** Every page and route handler below `app`, so that tests cover new ones. */
export function appRoutes(): AppRoute[] {
  const files = readdirSync(join(root, 'app'), { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => /(^|\/)(page\.tsx|route\.ts)$/.test(file))
    .sort()
    .map((file) => ({
      file,
      parts: dirname(file)
        .split('/')
        .filter((part) => part !== '.' && !part.startsWith('(')),
    }))
}

/** What Next and the app also serve: files, and build output. */
export const otherPaths = [
  '/favicon.ico',
  '/icon.svg',
  '/_next/image',
  '/_next/static/x.js',
  '/_next/data/x/sign-in.json',
  '/_next/hmr',
  '/_error',
  '/_not-found',
  '/_global-error',
  '/404',
  '/500',
] as const

/** A server action, and a page that can run it. */
export type AppAction = { readonly id: string; readonly name: string; readonly path: string }

type Manifest = {
  readonly node: Readonly<
    Record<string, { readonly filename: string; readonly exportedName: string }>
  >
}

/** Every server action of the build. */
export function appActions(): AppAction[] {
  const place = join(root, '.next/server/server-reference-manifest.json')
  const { node } = JSON.parse(readFileSync(place, 'utf8')) as Manifest
  return Object.entries(node).map(([id, { filename, exportedName }]) => ({
    id,
    name: `${filename} ${exportedName}`,
    path: `/${dirname(filename).split('/').slice(1).join('/')}`.replace(/\[\w+\]/g, 'x'),
  }))
}
