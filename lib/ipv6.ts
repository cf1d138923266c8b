/** The eight groups of an IPv6 address, in hexadecimal without leading zeros (RFC 5952 §4.1). */
export function groupsOf(address: string): string[] {
  // the URL parser has one form for all spellings, and writes a v4 tail as two groups
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const left = head.split(':').filter(Boolean)
  if (tail === undefined) return left
  const right = tail.split(':').filter(Boolean)
  return [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right]
}

/** The prefix of an IPv6 address with this many bits. */
export const prefixOf = (address: string, bits: 48 | 64): string =>
  `${groupsOf(address)
    .slice(0, bits / 16)
    .join(':')}::/${bits}`
