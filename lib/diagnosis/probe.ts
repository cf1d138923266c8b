import type { Probe, ProbeAnswer } from './facts'

/** The answer to one request of the probe; `undefined` when it was not sent. */
export const answerTo = (probe: Probe, target: ProbeAnswer['target']): ProbeAnswer | undefined =>
  probe.answers.find((answer) => answer.target === target)

/** The answers to any of these requests. */
export const answersTo = (probe: Probe, ...targets: ProbeAnswer['target'][]): ProbeAnswer[] =>
  probe.answers.filter(({ target }) => targets.includes(target))

/** A body that is a JSON object; `null` for anything else. */
export function probeJson({ body }: ProbeAnswer): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}

/** The document at a target, when it was served as one: 200 and a JSON object. */
export function documentAt(
  probe: Probe,
  target: ProbeAnswer['target'],
): Readonly<Record<string, unknown>> | null {
  const answer = answerTo(probe, target)
  return answer?.status === 200 ? probeJson(answer) : null
}

/** A member that is a list of texts; empty where it is anything else. */
export function textsIn(document: Readonly<Record<string, unknown>>, member: string): string[] {
  const value = document[member]
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

/** Whether an answer is an HTML page. */
export const isHtml = ({ headers, body }: ProbeAnswer): boolean =>
  /text\/html/i.test(headers['content-type'] ?? '') || /^\s*<(!doctype|html)/i.test(body)

/** Where an answer redirects to; `null` when it does not. */
export function redirectOf({ status, headers, url }: ProbeAnswer): URL | null {
  if (status === null || status < 300 || status > 399 || !headers.location) return null
  return URL.canParse(headers.location, url) ? new URL(headers.location, url) : null
}

/** The `resource_metadata` of a challenge as it was sent (RFC 9728 §5.1); `null` where it has none. */
export const pointerOf = ({ headers }: ProbeAnswer): string | null =>
  /\bresource_metadata="?([^",\s]+)/i.exec(headers['www-authenticate'] ?? '')?.[1] ?? null

/** Whether a challenge shows that a token arrived and was not accepted (RFC 6750 §3.1). */
export const sawToken = ({ headers }: ProbeAnswer): boolean =>
  /\berror="?invalid_token/i.test(headers['www-authenticate'] ?? '')

/** Whether the endpoint itself answered: 401 with a challenge that points to its metadata. */
export const isOwnChallenge = (answer: ProbeAnswer | undefined): boolean =>
  answer?.status === 401 && pointerOf(answer) !== null

const cacheHeaders = [
  'cf-cache-status',
  'x-vercel-cache',
  'x-cache',
  'x-cache-status',
  'x-proxy-cache',
  'x-litespeed-cache',
]

/** The header that shows that an answer came from a cache (RFC 9111 §3); `undefined` for none. */
export const cachedBy = ({ headers }: ProbeAnswer): string | undefined =>
  cacheHeaders.find((name) => /\bhit\b/i.test(headers[name] ?? '')) ??
  (Number(headers.age ?? 0) > 0 ? 'age' : undefined)

/** Whether nothing answered at all: the probe shows nothing of what others see. */
export const isUnanswered = ({ answers }: Probe): boolean =>
  answers.length > 0 && answers.every(({ status }) => status === null)

/** Whether every answer was as expected. */
export const looksHealthy = (probe: Probe): boolean =>
  !isUnanswered(probe) &&
  probe.answers.every((answer) =>
    /^(challenge|bearer|trailing)/.test(answer.target)
      ? isOwnChallenge(answer)
      : answer.status === 200 && probeJson(answer) !== null,
  )

/** One answer in a few words, such as `POST https://host/mcp as python-httpx/0.28.1: 403 text/html`. */
export function probeText({ method, url, userAgent, status, headers, error }: ProbeAnswer): string {
  const agent = (userAgent.split('portico-probe', 1)[0] ?? '').trimEnd()
  const request = `${method} ${url}${agent ? ` as ${agent}` : ''}`
  if (status === null) return `${request}: no answer (${error ?? 'unknown'})`
  const type = headers['content-type']?.split(';')[0] ?? 'no content type'
  const to = headers.location ? `, to ${headers.location}` : ''
  return `${request}: ${status}, ${type}${to}`
}
