import { z } from 'zod'
import { isLoopbackHost } from '../loopback'

/** Parsers of environment texts. A message continues “NAME: ” and repeats no value. */

/** A whole number within its bounds. */
export function wholeNumber(min: number, max: number) {
  const problem = `must be a whole number from ${min} to ${max}`
  return z.coerce.number(problem).int(problem).min(min, problem).max(max, problem)
}

/** One of several words. */
export const oneOfWords = <const W extends readonly [string, ...string[]]>(...words: W) =>
  z.enum(
    words,
    `must be ${[words.slice(0, -1).join(', '), words.at(-1)].filter(Boolean).join(' or ')}`,
  )

/** A secret with a minimum length. */
export const secretOf = (characters: number) =>
  z.string().min(characters, `must be at least ${characters} characters`)

/** A bare origin: OAuth 2.1 §1.5 requires https, except for development on loopback. */
export const origin = z.string().transform((value, issue) => {
  const url = URL.canParse(value) ? new URL(value) : null
  const complain = (message: string) => {
    issue.addIssue({ code: 'custom', message })
    return z.NEVER
  }
  if (!url || !/^https?:$/.test(url.protocol)) return complain('must be an http(s) URL')
  if (url.pathname !== '/' || url.search || url.hash || url.username || url.password) {
    return complain('must be a bare origin such as https://portico.example.com')
  }
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    return complain('must be https, except on localhost')
  }
  return url.origin
})

/** A URL of another server: https, or http on this machine. */
export const otherServer = z.string().refine(
  (value) => {
    const url = URL.canParse(value) ? new URL(value) : null
    const isPlain = url?.protocol === 'http:' && isLoopbackHost(url.hostname)
    return url?.protocol === 'https:' || isPlain
  },
  { error: 'must be an https URL, or http on localhost', abort: true },
)

/** The URL of a PostgreSQL database. */
export const postgresUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\/./, 'must start with postgresql://')
  .refine(URL.canParse, 'must be a URL; percent-encode special characters of the password')

/** Comma-separated texts, each parsed by `one`; none for an empty text. */
export const commaSeparated = <T>(one: z.ZodType<T, string>) =>
  z
    .string()
    .transform((value) => (value ? value.split(',').map((item) => item.trim()) : []))
    .pipe(z.array(one))
