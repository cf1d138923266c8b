import 'server-only'
import { route } from '@/lib/auth/declared'
import type { Person } from '@/lib/auth/session'
import { env } from '@/lib/config/env'
import type { Handshake } from '@/lib/handshake/handshake'
import { toHar } from '@/lib/handshake/har'
import { reportMarkdown } from '@/lib/handshake/report-markdown'
import { json } from '@/lib/http/responses'
import { joinNow } from '@/lib/recorder/joiner'
import { version } from '@/lib/runtime/version'
import { findHandshake } from '@/lib/store/handshakes/handshakes'
import { reportContext } from './page'
import { findingsOf, isHandshakeId } from './view'

type Written = { readonly mediaType: string; readonly extension: string; readonly text: string }

const indented = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/** A handshake in the requested format; JSON if the format is unknown. */
async function write(
  person: Person,
  format: string | null,
  handshake: Handshake,
  now: number,
): Promise<Written> {
  if (format === 'har') {
    const har = toHar(handshake, env().origin, version)
    return { mediaType: 'application/json', extension: 'har', text: indented(har) }
  }
  const findings = await findingsOf(person, handshake, now)
  if (format === 'md') {
    const text = reportMarkdown(handshake, findings, reportContext(now))
    return { mediaType: 'text/markdown; charset=utf-8', extension: 'md', text }
  }
  return {
    mediaType: 'application/json',
    extension: 'json',
    text: indented({ handshake, findings }),
  }
}

/** One handshake as a download: `format` is `json`, `har` or `md`. */
export const exportHandshake = route(
  { role: 'viewer' },
  async (person, request, { params }: { params: Promise<{ id: string }> }) => {
    const { id } = await params
    await joinNow()
    const now = Date.now()
    const found = isHandshakeId(id) ? await findHandshake(id, now) : null
    if (!found) return json({ error: 'not_found' }, 404)
    const format = new URL(request.url).searchParams.get('format')
    const { mediaType, extension, text } = await write(person, format, found.handshake, now)
    return new Response(text, {
      headers: {
        'Content-Type': mediaType,
        'Content-Disposition': `attachment; filename="portico-${found.listed.id}.${extension}"`,
        'Cache-Control': 'no-store',
      },
    })
  },
)
