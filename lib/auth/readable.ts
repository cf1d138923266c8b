import 'server-only'
import { NextRequest } from 'next/server'
import { isBodyProblem, readText } from '@/lib/http/body'
import { bodyLimit } from '@/lib/http/body-limit'
import { parseJson } from '@/lib/http/json'
import { type Refusal, refusalResponse, tooLarge } from '@/lib/http/refusal'

/**
 * A request as next-auth can read it. Of what it cannot, it makes a 500: a body that is no JSON, a
 * member that is no text, an address to come back to that is none, a word that no header takes.
 */

const formType = 'application/x-www-form-urlencoded'

const notReadable: Refusal = {
  status: 400,
  title: 'This request cannot be answered',
  text: 'the form is not readable',
}

const refuse = (request: NextRequest, refusal: Refusal): Response =>
  refusalResponse({ path: request.nextUrl.pathname, headers: request.headers }, refusal)

const isAddress = (text: string, base: string): boolean => URL.canParse(text, base)

/** What is written into a header, or is a part of the path. */
const isWord = (text: string): boolean => /^[!-~ ]*$/.test(text)

/** Whether the parts of the path, which are decoded already, can be any that next-auth knows. */
export const isReadablePath = (parts: readonly string[]): boolean => parts.every(isWord)

function readableUrl(request: NextRequest): URL {
  const url = new URL(request.url)
  const { searchParams } = url
  const callbackUrl = searchParams.get('callbackUrl')
  if (callbackUrl !== null && !isAddress(callbackUrl, url.origin))
    searchParams.delete('callbackUrl')
  if (!isWord(searchParams.get('error') ?? '')) searchParams.delete('error')
  return url
}

/** The text members of a JSON object, as a form has them. */
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

/**
 * @returns what to answer instead where there is nothing to read
 */
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
  if (callbackUrl !== null && !isAddress(callbackUrl, url.origin)) fields.delete('callbackUrl')
  const headers = new Headers(request.headers)
  headers.set('content-type', formType)
  headers.delete('content-length')
  headers.delete('transfer-encoding')
  return new NextRequest(url, { method: 'POST', headers, body: fields.toString() })
}
