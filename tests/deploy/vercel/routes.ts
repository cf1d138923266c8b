import { existsSync, readFileSync, statSync } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import path from 'node:path'
import { functionPaths } from './output.mjs'

/** The routing of Build Output API v3: which function or file answers a request, with which headers. */

type Condition = {
  readonly type: 'header' | 'cookie' | 'query' | 'host'
  readonly key: string
  readonly value?: string
}

type Route = {
  readonly handle?: string
  readonly src?: string
  readonly dest?: string
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly methods?: readonly string[]
  readonly has?: readonly Condition[]
  readonly missing?: readonly Condition[]
  readonly continue?: boolean
  readonly check?: boolean
  readonly important?: boolean
  readonly middlewarePath?: string
  readonly transforms?: readonly {
    readonly type: string
    readonly op: string
    readonly target: { readonly key: string }
    readonly args?: string
  }[]
}

type Configuration = {
  readonly routes: readonly Route[]
  readonly overrides?: Readonly<Record<string, { path?: string; contentType?: string }>>
  readonly crons?: readonly { readonly path: string; readonly schedule: string }[]
}

/** What a middleware said, applied to a request. */
export type MiddlewareAnswer = {
  /** of the request, as it goes on */
  readonly headers: IncomingHttpHeaders
  /** to be added to the response */
  readonly responseHeaders: Readonly<Record<string, string>>
}

/** A request on its way through the routes. */
type Travelling = {
  readonly method: string
  path: string
  readonly query: URLSearchParams
  headers: IncomingHttpHeaders
  status: number | undefined
  readonly responseHeaders: Map<string, { value: string; isImportant: boolean }>
}

/** What answers a request. */
export type Resolved = {
  readonly file?: { readonly path: string; readonly contentType: string | undefined }
  readonly folder?: string
  /** the path of the function, with its placeholders */
  readonly matchedPath: string
  /** the query of the request and what routes added */
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly status: number | undefined
  readonly responseHeaders: Travelling['responseHeaders']
}

export type Router = {
  readonly configuration: Configuration
  resolve(
    method: string,
    url: URL,
    headers: IncomingHttpHeaders,
    runMiddleware: (
      middlewarePath: string,
      headers: IncomingHttpHeaders,
    ) => Promise<MiddlewareAnswer>,
  ): Promise<Resolved>
}

type Groups = Readonly<Record<string, string>>

/** Matches a header of a condition; a condition may name parts of it. */
function meets(condition: Condition, travelling: Travelling): Groups | null {
  const { type, key, value } = condition
  const found =
    type === 'query'
      ? travelling.query.get(key)
      : type === 'host'
        ? travelling.headers.host
        : travelling.headers[key.toLowerCase()]
  if (found === undefined || found === null) return null
  if (value === undefined) return {}
  const match = new RegExp(`^(?:${value})$`).exec(String(found))
  return match ? { ...match.groups } : null
}

/** A source is about whole paths, whatever it says. */
const anchored = (source: string) =>
  new RegExp(`${source.startsWith('^') ? '' : '^'}${source}${source.endsWith('$') ? '' : '$'}`)

/** The named and numbered parts of a path that a route is about; `null` where it is not about it. */
function match(route: Route, travelling: Travelling): Groups | null {
  if (route.methods && !route.methods.includes(travelling.method)) return null
  const found = anchored(route.src ?? '').exec(travelling.path)
  if (!found) return null
  const groups: Record<string, string> = {}
  found.forEach((value, index) => {
    groups[String(index)] = value ?? ''
  })
  for (const [name, value] of Object.entries(found.groups ?? {})) groups[name] = value ?? ''
  for (const condition of route.has ?? []) {
    const more = meets(condition, travelling)
    if (!more) return null
    Object.assign(groups, more)
  }
  return (route.missing ?? []).some((condition) => meets(condition, travelling)) ? null : groups
}

/** Puts parts into a destination, each once: a part may hold a dollar sign. */
const filled = (text: string, groups: Groups): string =>
  text.replace(/\$(\w+)/g, (_, name: string) => groups[name] ?? '')

function applyTransforms(route: Route, travelling: Travelling): void {
  for (const { type, op, target, args } of route.transforms ?? []) {
    if (type !== 'request.headers' || op !== 'set') {
      throw new Error(`the simulator knows no transform ${type} ${op}`)
    }
    travelling.headers = { ...travelling.headers, [target.key]: args ?? '' }
  }
}

function apply(route: Route, groups: Groups, travelling: Travelling): void {
  applyTransforms(route, travelling)
  for (const [name, value] of Object.entries(route.headers ?? {})) {
    travelling.responseHeaders.set(name.toLowerCase(), {
      value: filled(value, groups),
      isImportant: route.important === true,
    })
  }
  if (route.status !== undefined) travelling.status = route.status
  if (route.dest === undefined) return
  const [destination = '', query = ''] = route.dest.split('?')
  travelling.path = filled(destination, groups)
  for (const [name, value] of new URLSearchParams(query)) {
    travelling.query.set(name, decoded(filled(value, groups)))
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

type Found = Pick<Resolved, 'file' | 'folder'>

/** What there is at a path of the file system that Vercel speaks of: files, and functions. */
function fileSystem(
  output: string,
  { overrides = {} }: Configuration,
): (at: string) => Found | null {
  const functions = functionPaths(output)
  const renamed = new Map<string, string>(
    Object.entries(overrides).flatMap(([file, { path: shown }]) =>
      shown === undefined ? [] : [[`/${shown}`, file] as const],
    ),
  )
  return (at): Found | null => {
    const plain = at.length > 1 ? at.replace(/\/$/, '') : at
    const name = renamed.get(plain) ?? decoded(plain).slice(1)
    const file = path.join(output, 'static', name)
    const isInside = file.startsWith(`${path.join(output, 'static')}${path.sep}`)
    if (isInside && existsSync(file) && statSync(file).isFile()) {
      return { file: { path: file, contentType: overrides[name]?.contentType } }
    }
    const folder = functions.get(plain)
    return folder ? { folder } : null
  }
}

/** Routes by phase: what stands after each `handle`. */
function phasesOf({ routes }: Configuration): Map<string, Route[]> {
  const phases = new Map<string, Route[]>([['', []]])
  let current = ''
  for (const route of routes) {
    if (route.handle !== undefined) {
      current = route.handle
      phases.set(current, [])
    } else phases.get(current)?.push(route)
  }
  return phases
}

/** Reads an output's routes. @param output the folder of the output */
export function readRoutes(output: string): Router {
  const text = readFileSync(path.join(output, 'config.json'), 'utf8')
  const configuration = JSON.parse(text) as Configuration
  const phases = phasesOf(configuration)
  const lookUp = fileSystem(output, configuration)

  /** Goes through the routes of a phase. @returns what is there, once one of them asks to look */
  const pass = (phase: string, travelling: Travelling): Found | null => {
    for (const route of phases.get(phase) ?? []) {
      const groups = match(route, travelling)
      if (!groups) continue
      apply(route, groups, travelling)
      const found = route.check ? lookUp(travelling.path) : null
      if (found) return found
      if (!route.continue && !route.check) return null
    }
    return null
  }

  const resolve: Router['resolve'] = async (method, url, headers, runMiddleware) => {
    const travelling: Travelling = {
      method,
      path: url.pathname,
      query: new URLSearchParams(url.search),
      headers: { ...headers },
      status: undefined,
      responseHeaders: new Map(),
    }
    for (const route of phases.get('') ?? []) {
      const groups = match(route, travelling)
      if (!groups) continue
      if (route.middlewarePath) {
        const said = await runMiddleware(route.middlewarePath, travelling.headers)
        travelling.headers = said.headers
        for (const [name, value] of Object.entries(said.responseHeaders)) {
          travelling.responseHeaders.set(name, { value, isImportant: false })
        }
      }
      apply(route, groups, travelling)
      if (!route.continue) break
    }
    const found =
      lookUp(travelling.path) ??
      pass('filesystem', travelling) ??
      pass('miss', travelling) ??
      pass('rewrite', travelling) ??
      pass('resource', travelling)
    if (!found) {
      travelling.status = 404
      travelling.path = '/_not-found'
    }
    const matchedPath = travelling.path
    pass('hit', travelling)
    return {
      ...(found ?? lookUp('/_not-found')),
      matchedPath,
      query: travelling.query,
      headers: travelling.headers,
      status: travelling.status,
      responseHeaders: travelling.responseHeaders,
    }
  }
  return { configuration, resolve }
}
