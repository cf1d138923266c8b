/**
 * Next answers a path that cannot be decoded with 500, and nothing records it. With every `%` of
 * it encoded once more, it is a path like any other that does not exist.
 *
 * @param {Pick<import('node:http').IncomingMessage, 'url'>} request
 */
export function makeDecodable(request) {
  const [path = '/', ...query] = (request.url ?? '/').split('?')
  try {
    decodeURIComponent(path)
  } catch {
    request.url = [path.replaceAll('%', '%25'), ...query].join('?')
  }
}
