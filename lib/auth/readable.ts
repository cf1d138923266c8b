import 'server-only'
import { NextRequest } from 'next/server'
import { isBodyProblem, readText } from '@/lib/http/body'
import { bodyLimit } from '@/lib/http/body-limit'
import { parseJson } from '@/lib/http/json'
import { type Refusal, refusalResponse, tooLarge } from '@/lib/http/refusal'

/**
 * Makes a request safe for next-auth, which answers 500 to a malformed JSON body, a member that is not
 * a string, an invalid callback URL, and a value that no header accepts.
 */

const formType = 'application/x-www-form-urlencoded'

const notReadable: Refusal = {
  status: 400,
  title: 'This request cannot be answered',
  text: 'the form is not readable',
}

const refuse = (request: NextRequest, refusal: Refusal): Response =>
  refusalResponse({ path: request.nextUrl.pathname, headers: request.headers }, refusal)

/** Whether a text may go into a header or the path. */
const isWord = (text: string): boolean => /^[!-~ ]*$/.test(text)

/** Whether the decoded parts of the path are safe for next-auth. */
export const isReadablePath = (parts: readonly string[]): boolean => parts.every(isWord)

function readableUrl(request: NextRequest): URL {
  const url = new URL(request.url)
  const { searchParams } = url
  const callbackUrl = searchParams.get('callbackUrl')
  if (callbackUrl !== null && !URL.canParse(callbackUrl, url.origin))
    searchParams.delete('callbackUrl')
  if (!isWord(searchParams.get('error') ?? '')) searchParams.delete('error')
  return url
}

/** The members of a JSON object as form fields. */
function fieldsOf(text: string): URLSearchParams | null {
  try {
    const members = Object.entries(Object(parseJson(text)))
    const fields = members.map(([name, value]) => [
      name,
      String(Object(value) === value ? '' : value),
    ])
    return new URLSearchParams(fields)
  } catch {
    return null
  }
}

/** @returns the request for next-auth, or the response that refuses it */
export async function readable(request: NextRequest): Promise<NextRequest | Response> {
  const url = readableUrl(request)
  if (request.method !== 'POST') return new NextRequest(url, { headers: request.headers })
  const limit = bodyLimit(url.pathname)
  const text = await readText(request, limit)
  if (isBodyProblem(text))
    return refuse(request, text === 'too large' ? tooLarge(limit) : notReadable)
  const isJson = (request.headers.get('content-type') ?? '').includes('application/json')
  const fields = isJson ? fieldsOf(text) : new URLSearchParams(text)
  if (!fields) return refuse(request, notReadable)
  const callbackUrl = fields.get('callbackUrl')
  if (callbackUrl !== null && !URL.canParse(callbackUrl, url.origin)) fields.delete('callbackUrl')
  const headers = new Headers(request.headers)
  headers.set('content-type', formType)
  headers.delete('content-length')
  headers.delete('transfer-encoding')
  return new NextRequest(url, { method: 'POST', headers, body: fields.toString() })
}
