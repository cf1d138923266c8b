import 'server-only'
import { createHash, timingSafeEqual } from 'node:crypto'
import { noStore } from '@/lib/http/responses'

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Whether an `Authorization` header has the token, compared in constant time. */
export function carriesToken(authorization: string | null | undefined, token: string): boolean {
  const sent = /^bearer +(\S+) *$/i.exec(authorization ?? '')?.[1]
  return sent !== undefined && timingSafeEqual(digest(sent), digest(token))
}

/** Answers an authorized scrape. Loads the library on first use. */
export async function answerScrape(): Promise<Response> {
  const { scrape } = await import('./prometheus')
  const { text, contentType } = await scrape()
  return new Response(text, { headers: { ...noStore, 'Content-Type': contentType } })
}
