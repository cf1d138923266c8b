/** @typedef {import('node:http').RequestListener} RequestListener */

/** Clients may send ahead (RFC 9112 §9.3.2), and none does so by much. */
const mostAhead = 32

/** @type {WeakMap<object, (() => void)[]>} what waits on each connection that answers a request */
const ahead = new WeakMap()

/**
 * Has the requests of one connection handled one after another. Node hands over each as soon as it
 * has been read, and a few kilobytes of them would have hundreds of pages made at once.
 *
 * @param {RequestListener} handle
 * @returns {RequestListener}
 */
export const serially = (handle) => (request, response) => {
  const { socket } = request
  const goOn = () => {
    const next = socket.destroyed ? undefined : ahead.get(socket)?.shift()
    if (next) next()
    else ahead.delete(socket)
  }
  const begin = () => {
    response.once('close', goOn)
    handle(request, response)
  }
  const waiting = ahead.get(socket)
  if (waiting === undefined) {
    ahead.set(socket, [])
    begin()
  } else if (waiting.length < mostAhead) waiting.push(begin)
  else socket.destroy()
}
