/**
 * Encodes every `%` of an undecodable path once more, so that it is an ordinary unknown path. Next would
 * answer 500, and nothing would record it.
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
