const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Escapes text for HTML. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => escapes[character] ?? character)

/** A self-contained page: what happened, and what the person can do next. */
export type PlainPage = {
  /** shown first and large: where something goes */
  readonly place?: { readonly label: string; readonly value: string }
  readonly title: string
  readonly message: string
  readonly next: string
  /** seconds after which the page reloads */
  readonly retryAfter?: number
  /** where the person can go next */
  readonly link?: { readonly href: string; readonly label: string }
  /** facts for support */
  readonly facts?: Readonly<Record<string, string>>
}

const style = `
:root{color-scheme:light dark;font:16px/1.6 ui-sans-serif,system-ui,sans-serif}
body{margin:0;min-height:100dvh;display:grid;grid-template-columns:minmax(0,1fr);place-items:center;overflow-wrap:anywhere;background:light-dark(#fafaf9,#0c0c0d);color:light-dark(#1c1917,#ededee)}
main{box-sizing:border-box;width:100%;max-width:35rem;padding:2rem 1.5rem}
h1{font-size:1.375rem;line-height:1.3;margin:0 0 .75rem;text-wrap:balance}
p{margin:0 0 1rem}
.place{color:light-dark(#57534e,#a1a1a6);font-size:.875rem;line-height:1.5;margin:0 0 1.5rem;padding-bottom:1.5rem;border-bottom:1px solid light-dark(#e7e5e4,#2a2a2d)}
.place strong{display:block;margin-top:.125rem;color:light-dark(#1c1917,#ededee);font-size:1.875rem;line-height:1.2;letter-spacing:-.02em;overflow-wrap:anywhere;unicode-bidi:isolate}
a{color:inherit;font-weight:600;text-underline-offset:.2em}
dl{margin:1.5rem 0 0;padding-top:1rem;border-top:1px solid light-dark(#e7e5e4,#2a2a2d);font-size:.8125rem;color:light-dark(#57534e,#a1a1a6)}
dt{font-weight:600}dd{margin:0 0 .5rem;font-family:ui-monospace,monospace;overflow-wrap:anywhere}`

/** An HTML answer that needs no script, font or second request. */
export function htmlPage(page: PlainPage, status: number): Response {
  const facts = Object.entries(page.facts ?? {})
    .map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`)
    .join('')
  const { link, place, retryAfter } = page
  const again = retryAfter ? `<meta http-equiv="refresh" content="${retryAfter}">` : ''
  const way = link
    ? `<p><a href="${escapeHtml(link.href)}" rel="noreferrer nofollow">${escapeHtml(link.label)}</a></p>`
    : ''
  const first = place
    ? `<p class="place">${escapeHtml(place.label)}<strong>${escapeHtml(place.value)}</strong></p>`
    : ''
  const body = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">${again}<title>${escapeHtml(page.title)}</title><style>${style}</style></head><body><main>${first}<h1>${escapeHtml(page.title)}</h1><p>${escapeHtml(page.message)}</p><p>${escapeHtml(page.next)}</p>${way}${facts && `<dl>${facts}</dl>`}</main></body></html>`
  return new Response(body, {
    status,
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' },
  })
}

const accepts = ({ headers }: { readonly headers: Headers }, type: string): boolean =>
  (headers.get('accept') ?? '').includes(type)

/** Whether the client is a browser that wants a page rather than JSON. */
export const wantsHtml = (request: { readonly headers: Headers }): boolean =>
  accepts(request, 'text/html')

/** Whether the client is a program that reads JSON, not a browser, which always asks for pages. */
export const wantsJsonOnly = (request: Request): boolean =>
  accepts(request, 'application/json') && !wantsHtml(request)
