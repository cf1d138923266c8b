/**
 * Paths of links that are their own credential: anyone who has one can read, join or become the first
 * admin. What follows these names is never stored, whatever it is.
 */
const linkName = /(?:^|[/\\])(?:shared|invite|setup)(?=[/\\])/i

/** The length of every secret here: a token or code of 32 bytes, with its prefix, or a part of a JWT. */
const secretLength = { least: 40, most: 128 }

/** Secrets are random letters of both cases; an id of another kind, or a name of many words, is not. */
const isLikeSecret = (word: string): boolean =>
  word.length >= secretLength.least &&
  word.length <= secretLength.most &&
  /[a-z]/.test(word) &&
  /[A-Z]/.test(word)

/** Removes what follows the name of a link. */
function withoutLink(path: string): string {
  const found = linkName.exec(path)
  if (!found) return path
  let begins = found.index + found[0].length
  while (path[begins] === '/' || path[begins] === '\\') begins += 1
  return begins < path.length ? `${path.slice(0, begins)}…` : path
}

const withoutWords = (path: string): string =>
  path.replace(/[\w-]+/g, (word) => (isLikeSecret(word) ? `${word.slice(0, 4)}…` : word))

/** Decodes repeatedly, so that encoding hides nothing. */
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

/** A quick test for paths that may hold a secret; nearly none do. */
const isSuspicious = (path: string): boolean =>
  path.length >= secretLength.least || /%|shared|invite|setup/i.test(path)

/**
 * A path that is safe to store, print and send: without the secret of a link, and without anything that
 * looks like a token, except the first characters, which say what it was.
 *
 * @param path without the query, as it was sent
 */
export function pathWithoutSecrets(path: string): string {
  if (!isSuspicious(path)) return path
  const plain = decoded(path)
  const safe = withoutWords(withoutLink(plain))
  return safe === plain ? path : safe
}
