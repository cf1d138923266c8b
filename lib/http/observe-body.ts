/** What was seen of a body that went by. */
export type Observed = {
  readonly bytes: number
  /** its beginning and its end, or all of it when it is short, each byte a character */
  readonly sample: string
}

/** In bytes, of the beginning and of the end. */
const sampleLength = 4096

/** Whoever has taken nothing for so long will not take the rest either: the connection is broken off. */
const stalledAfterMs = 5000

/** What is looked for is ASCII, and a decoder for every answer costs several times as much. */
const latin1 = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('latin1')

/** Whether the reader of a body takes what there is. */
export type Flow = {
  /** milliseconds since the epoch: since when something waits to be taken; `null` where nothing does */
  waitingSince: number | null
}

/**
 * Passes a response on and tells what it was when it has ended, whoever ended it.
 *
 * @param stop ends the body early, for a process that wants to stop; `null` where nothing does
 * @param ended is called once
 * @param flow is kept up to date, for whoever ends what nobody reads
 */
export function observeBody(
  response: Response,
  stop: AbortSignal | null,
  ended: (observed: Observed) => void,
  flow: Flow = { waitingSince: null },
): Response {
  if (!response.body) {
    ended({ bytes: 0, sample: '' })
    return response
  }
  const reader = response.body.getReader()
  const seen = { bytes: 0, head: '', tail: '' }
  let outgoing: ReadableStreamDefaultController<Uint8Array> | null = null
  const cancel = () => {
    void reader.cancel().catch(() => undefined)
    // nobody asks for more, who could be told that there is none
    if (flow.waitingSince === null) return
    const isStalled = Date.now() - flow.waitingSince > stalledAfterMs
    finish()
    if (isStalled) outgoing?.error(new Error('its reader does not read'))
    else outgoing?.close()
  }
  stop?.addEventListener('abort', cancel)
  let over = false
  const finish = () => {
    if (over) return
    over = true
    flow.waitingSince = null
    stop?.removeEventListener('abort', cancel)
    ended({ bytes: seen.bytes, sample: seen.head + seen.tail })
  }
  const look = (chunk: Uint8Array) => {
    seen.bytes += chunk.byteLength
    const room = sampleLength - seen.head.length
    seen.head += latin1(chunk.subarray(0, room))
    if (chunk.byteLength <= room) return
    const rest = latin1(chunk.subarray(Math.max(room, chunk.byteLength - sampleLength)))
    seen.tail = (seen.tail + rest).slice(-sampleLength)
  }
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      outgoing = controller
    },
    async pull(controller) {
      flow.waitingSince = null
      // a source that breaks off ends the body: the status line is long sent
      const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }))
      if (done || !value) {
        finish()
        return controller.close()
      }
      look(value)
      flow.waitingSince = Date.now()
      controller.enqueue(value)
    },
    async cancel(reason) {
      // the client went away: whatever works behind the stream must hear of it
      finish()
      await reader.cancel(reason)
    },
  })
  if (stop?.aborted) cancel()
  return new Response(body, { status: response.status, headers: response.headers })
}
