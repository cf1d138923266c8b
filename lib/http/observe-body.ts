/** What was observed of a body that was sent. */
export type Observed = {
  readonly bytes: number
  /** its beginning and its end, or all of a short one; each byte is a character */
  readonly sample: string
}

/** Bytes sampled at the beginning and at the end. */
const sampleLength = 4096

/** A reader that takes nothing for this long will not take the rest: the connection is aborted. */
const stalledAfterMs = 5000

/** The sample is searched for ASCII, and a decoder for each answer costs several times as much. */
const latin1 = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('latin1')

/** Whether the reader of a body keeps reading. */
export type Flow = {
  /** since when data waits for the reader, in milliseconds since the epoch; `null` if none waits */
  waitingSince: number | null
}

/**
 * Passes a response on, and reports what was sent once it has ended, on either side.
 *
 * @param stop ends the body early, when the process wants to stop; or `null`
 * @param ended is called once
 * @param flow is kept up to date, so that a stalled answer can be ended
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
    // a pending pull reads the end and closes the body
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
      // if the source fails, the body just ends: the status line was sent long ago
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
      // the client disconnected: what produces the body must stop
      finish()
      await reader.cancel(reason)
    },
  })
  if (stop?.aborted) cancel()
  return new Response(body, { status: response.status, headers: response.headers })
}
