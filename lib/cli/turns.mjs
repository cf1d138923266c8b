/**
 * How much is under way at once. Node hands over every request of a connection as soon as it has been
 * read, and Next begins a page for each: a few kilobytes of requests would hold hundreds of megabytes.
 *
 * @typedef {import('node:http').RequestListener} RequestListener
 * @typedef {import('node:http').ServerResponse} ServerResponse
 */

/** Clients send one after another (RFC 9112 §9.3.2 lets them send ahead, and none does so by much). */
const mostAhead = 32
/** Pages that are made at once, and that may wait for it; a page is let go of when its headers are sent. */
const most = { pages: 24, waiting: 400, pageMs: 10_000 }

/** @type {WeakMap<object, (() => void)[]>} what waits on each connection that answers a request */
const ahead = new WeakMap()

/**
 * Has the requests of one connection handled one after another.
 *
 * @param {RequestListener} handle
 * @returns {RequestListener}
 */
export const oneAtATime = (handle) => (request, response) => {
  const { socket } = request
  const begin = () => {
    response.once('close', () => {
      const next = ahead.get(socket)?.shift()
      if (next) next()
      else ahead.delete(socket)
    })
    handle(request, response)
  }
  const waiting = ahead.get(socket)
  if (waiting === undefined) {
    ahead.set(socket, [])
    begin()
  } else if (waiting.length < mostAhead) waiting.push(begin)
  else socket.destroy()
}

let pages = 0
/** @type {(() => void)[]} */
const queue = []

function letGo() {
  pages -= 1
  queue.shift()?.()
}

/**
 * Keeps a place among the pages that are made, until the headers of this one are sent, or it is given
 * up, or takes too long: what is slow later holds nobody up.
 *
 * @param {ServerResponse} response
 */
function takePlace(response) {
  pages += 1
  let isHeld = true
  const release = () => {
    if (!isHeld) return
    isHeld = false
    clearTimeout(late)
    letGo()
  }
  const late = setTimeout(release, most.pageMs).unref()
  const writeHead = /** @type {(...given: unknown[]) => ServerResponse} */ (
    response.writeHead.bind(response)
  )
  response.writeHead = (/** @type {unknown[]} */ ...given) => {
    release()
    return writeHead(...given)
  }
  response.once('close', release)
}

/**
 * Waits until a page may be made.
 *
 * @param {ServerResponse} response
 * @returns {Promise<'now' | 'full' | 'gone'>} whether it may, too many wait already, or nobody waits for
 *   it any more
 */
export async function pageTurn(response) {
  if (pages >= most.pages) {
    if (queue.length >= most.waiting) return 'full'
    await new Promise((resolve) => queue.push(() => resolve(undefined)))
    if (response.destroyed || response.closed) {
      queue.shift()?.()
      return 'gone'
    }
  }
  takePlace(response)
  return 'now'
}
