/** @typedef {import('node:http').RequestListener} RequestListener */

/** Clients may pipeline requests (RFC 9112 §9.3.2), but none sends many. */
const mostAhead = 32

/** @type {WeakMap<object, (() => void)[]>} waiting requests of each busy connection */
const ahead = new WeakMap()

/**
 * Handles the requests of a connection one after another. Node passes on each as soon as it is read, and
 * a few kilobytes of requests would render hundreds of pages at once.
 *
 * @param {RequestListener} handle
 * @returns {RequestListener}
 */
export const serially = (handle) => (request, response) => {
  const { socket } = request
  const startNext = () => {
    const next = socket.destroyed ? undefined : ahead.get(socket)?.shift()
    if (next) next()
    else ahead.delete(socket)
  }
  const begin = () => {
    response.once('close', startNext)
    handle(request, response)
  }
  const waiting = ahead.get(socket)
  if (waiting === undefined) {
    ahead.set(socket, [])
    begin()
  } else if (waiting.length < mostAhead) waiting.push(begin)
  else socket.destroy()
}
