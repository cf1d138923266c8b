import { type BodyProblem, isBodyProblem, readForm, readJson } from '@/lib/http/body'
import { BodyTooLargeError, bodyLimit } from '@/lib/http/body-limit'
import { unreadableForm } from '@/lib/oauth/errors'

/** Why a body was not read; for one that is too large, `endpoint` answers. */
type UnreadBody = Exclude<BodyProblem, 'too large'>

function unlessTooLarge<Body>(body: Body | BodyProblem, request: Request): Body | UnreadBody {
  if (body === 'too large') throw new BodyTooLargeError(bodyLimit(new URL(request.url).pathname))
  return body as Body | UnreadBody
}

/** Reads a form. @throws {BodyTooLargeError} */
export const formOf = async (request: Request): Promise<URLSearchParams | UnreadBody> =>
  unlessTooLarge(await readForm(request), request)

/** Reads a client's form. @throws {OAuthError} @throws {BodyTooLargeError} */
export async function clientFormOf(request: Request): Promise<URLSearchParams> {
  const form = await formOf(request)
  if (isBodyProblem(form)) throw unreadableForm(form)
  return form
}

/** Reads JSON. @throws {BodyTooLargeError} */
export const jsonOf = async (request: Request): Promise<{ value: unknown } | UnreadBody> =>
  unlessTooLarge(await readJson(request), request)
