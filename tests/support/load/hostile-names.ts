/** Names that a stranger may choose: long, unbreakable, hard to render. */
export type HostileName = {
  readonly kind: string
  readonly name: string
  /** a host name; each label near the limit of DNS (RFC 1035 §2.3.4) */
  readonly host: string
  /** a user agent: only characters that a header may hold */
  readonly agent: string
}

const times = (text: string, count: number): string => text.repeat(count)

const hostOf = (letter: string): string =>
  `${Array.from({ length: 3 }, () => times(letter, 60)).join('.')}.example`

export const hostileNames: readonly HostileName[] = [
  { kind: 'wide', name: times('W', 100), host: hostOf('w'), agent: times('W', 300) },
  { kind: 'long', name: times('unbroken', 25), host: hostOf('m'), agent: times('m', 300) },
  {
    kind: 'right-to-left',
    name: times('שלום', 25),
    host: `${times('xn--9dbq2a.', 15)}example`,
    agent: `Mozilla/5.0 (${times('W', 280)}) Firefox/1`,
  },
  {
    kind: 'marks',
    name: times('W\u0323\u0302\u0331', 60),
    host: hostOf('q'),
    agent: `${times('W', 140)} ${times('W', 140)}`,
  },
  { kind: 'emoji', name: times('👩‍👩‍👧‍👦', 40), host: hostOf('v'), agent: times('WM', 150) },
]
