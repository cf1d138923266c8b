/**
 * Paths of links that are their own credential: whoever has one may read, join or become the first
 * admin. What comes behind these names is never kept, whatever it is.
 */
const behindLink = /((?:^|[/\\])(?:shared|invite|setup)[/\\]+)[^/\\].*$/is

/** Every secret of this server is so long: a token or code of 32 bytes, with its prefix, or a part of a JWT. */
const secret = /(?<![\w-])([\w-]{4})[\w-]{36,124}(?![\w-])/g

/** Nothing is hidden by being written in another way: as often as it was encoded, it is decoded. */
function decoded(path: string): string {
  let text = path
  for (let round = 0; round < 5 && text.includes('%'); round += 1) {
    const before = text
    text = text.replace(/(?:%[0-9a-f]{2})+/gi, (codes) => {
      try {
        return decodeURIComponent(codes)
      } catch {
        return codes
      }
    })
    if (text === before) break
  }
  return text
}

/** In what may hold a secret; nearly no path does. */
const suspicious = /%|shared|invite|setup|[\w-]{40}/i

/**
 * A path as it may be kept, printed and sent on: without the secret of a link, and without anything that
 * looks like a token, of which the first characters are left to say what it was.
 *
 * @param path without the query, as it was sent
 */
export function pathWithoutSecrets(path: string): string {
  if (!suspicious.test(path)) return path
  const plain = decoded(path)
  const safe = plain.replace(behindLink, '$1…').replace(secret, '$1…')
  return safe === plain ? path : safe
}
