import { type BodyProblem, readForm, readJson } from '@/lib/http/body'
import { BodyTooLargeError, bodyLimit } from '@/lib/http/body-limit'

/** Why a body was not read; for one that is too large, `endpoint` answers. */
export type UnreadBody = Exclude<BodyProblem, 'too large'>

function unlessTooLarge<Body>(body: Body | BodyProblem, request: Request): Body | UnreadBody {
  if (body === 'too large') throw new BodyTooLargeError(bodyLimit(new URL(request.url).pathname))
  return body as Body | UnreadBody
}

/** Reads a form. @throws {BodyTooLargeError} */
export const formOf = async (request: Request): Promise<URLSearchParams | UnreadBody> =>
  unlessTooLarge(await readForm(request), request)

/** Reads JSON. @throws {BodyTooLargeError} */
export const jsonOf = async (request: Request): Promise<{ value: unknown } | UnreadBody> =>
  unlessTooLarge(await readJson(request), request)
