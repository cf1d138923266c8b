import { type OpenStream, openSession, openStream } from '../support/mcp/mcp-session'

/** Streams that stay open, each of a session of its own. */
export type Streams = {
  /** how many are open now */
  open(): number
  /** how many ended although nobody ended them */
  broken(): number
  /** from here on their end is no fault */
  letGo(): void
  /** ends those that are open, and waits until they are */
  close(): Promise<void>
}

/** How many are opened at a time. */
const atOnce = 20

/**
 * Opens streams as clients of the older revisions do: `initialize`, then GET with the session's id.
 *
 * @param tokens take turns: one connection may hold only so many
 */
export async function openStreams(
  mcpUrl: string,
  tokens: readonly string[],
  count: number,
): Promise<Streams> {
  let turn = 0
  const streams = new Set<OpenStream>()
  let broken = 0
  let isOver = false
  const one = async () => {
    const token = String(tokens[turn % tokens.length])
    turn += 1
    const stream = await openStream(mcpUrl, await openSession(mcpUrl, token), { method: 'GET' })
    if (stream.status !== 200) throw new Error(`a stream was refused: HTTP ${stream.status}`)
    streams.add(stream)
    stream.ended.then(() => {
      streams.delete(stream)
      if (!isOver) broken += 1
    })
  }
  while (streams.size < count) {
    await Promise.all(Array.from({ length: Math.min(atOnce, count - streams.size) }, one))
  }
  return {
    open: () => streams.size,
    broken: () => broken,
    letGo: () => {
      isOver = true
    },
    close: async () => {
      isOver = true
      const open = [...streams]
      for (const stream of open) stream.drop()
      await Promise.all(open.map(({ ended }) => ended))
    },
  }
}
