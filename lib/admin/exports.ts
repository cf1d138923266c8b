import 'server-only'
import { AsyncLocalStorage } from 'node:async_hooks'
import { route } from '@/lib/auth/declared'
import type { Role } from '@/lib/vocabulary'
import { type Format, fileOf, mediaTypes, type Row } from './list-file'
import type { PageOf } from './views'

type Query = Readonly<Record<string, string>>
type List = ((query: Query) => Promise<PageOf<Row>>) & {
  readonly declared: { readonly role: Role }
}
/** A list of the dashboard that can be downloaded. */
export type Downloadable = Pick<List, 'declared'> & {
  /** answers with the whole filtered list as CSV, JSON or NDJSON */
  readonly download: (request: Request, context: unknown) => Promise<Response>
}
async function* allRows(list: List, query: Query): AsyncGenerator<Row> {
  let cursor: string | null | undefined
  do {
    const page = await list({ ...query, ...(cursor ? { cursor } : { cursor: '' }) })
    yield* page.rows
    cursor = page.next
  } while (cursor)
}

const formatOf = (format: string | undefined): Format =>
  format === 'json' || format === 'ndjson' ? format : 'csv'

/** A route that downloads the whole filtered list page by page; needs the list's role. */
const download = (name: string, list: List) =>
  route({ role: list.declared.role }, async (_, request) => {
    const query = Object.fromEntries(new URL(request.url).searchParams)
    const format = formatOf(query.format)
    const text = fileOf(allRows(list, query), format)
    const encoder = new TextEncoder()
    // each page checks the session again, and the stream is pulled outside the request's scope
    const inRequest = AsyncLocalStorage.snapshot()
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { value, done } = await inRequest(() => text.next())
        if (done) controller.close()
        else controller.enqueue(encoder.encode(value))
      },
    })
    return new Response(body, {
      headers: {
        'Content-Type': mediaTypes[format],
        'Content-Disposition': `attachment; filename="portico-${name}.${format}"`,
        'Cache-Control': 'no-store',
      },
    })
  })

/** Adds the route that downloads a list. @param name names the file */
export const downloadable = <Listed extends List>(name: string, list: Listed) =>
  Object.assign(list, { download: download(name, list) })
