import { settingGroups, variables } from './all'
import { arranged, type Env } from './arranged'
import { contradictions, type Problem } from './contradictions'
import { readAll } from './define'
import type { Texts } from './setting'

/** Thrown by {@link readEnv}; `message` lists every problem, one to a line. */
export class ConfigurationError extends Error {
  override name = 'ConfigurationError'
  readonly problems: readonly string[]
  /** @param found the problems with their variables */
  constructor(readonly found: readonly Problem[]) {
    const problems = found.map(({ variables: names, message }) => {
      const last = names.at(-1)
      return `${names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${last}` : last}: ${message}`
    })
    super(problems.join('\n'))
    this.problems = problems
  }
}

/** The variables that are read here; an empty value counts as absent. */
const textsOf = (source: Texts): Texts =>
  Object.fromEntries(
    Object.keys(variables).flatMap((name) => (source[name] ? [[name, source[name]]] : [])),
  )

function parse(source: Texts): Env {
  const { data, error } = readAll(settingGroups, textsOf(source))
  if (data) return arranged(data)
  throw new ConfigurationError(
    error.issues.map(({ path: [, ...path], message }) => ({
      variables: path.filter((part) => typeof part === 'string'),
      message,
    })),
  )
}

/**
 * Checks a set of environment variables. An empty value counts as absent.
 *
 * @throws {ConfigurationError} naming every problem at once
 */
export function readEnv(source: Texts): Env {
  const read = parse(source)
  const problems = contradictions(read)
  if (problems.length > 0) throw new ConfigurationError(problems)
  return read
}

let checked: Env | undefined

/** The configuration of this process, read once. @throws {ConfigurationError} */
export function env(): Env {
  checked ??= readEnv(process.env)
  return checked
}

/** The texts of the process environment. */
export const environment = (): Texts => textsOf(process.env)

/**
 * The configuration with other texts for some variables. Each text must be valid by itself; together they
 * may contradict the environment.
 */
export const envWith = (texts: Texts): Env => parse({ ...process.env, ...texts })

/** Whether this is `npm run dev`; always false in a build. */
export const isDevelopment = (): boolean => process.env.NODE_ENV === 'development'

/** next-auth reads its origin only from the environment. */
export function setNextAuthUrl(): void {
  process.env.NEXTAUTH_URL = env().origin
}
