/** What was seen of a body that went by. */
export type Observed = {
  readonly bytes: number
  /** its beginning and its end, or all of it when it is short, each byte a character */
  readonly sample: string
}

/** In bytes, of the beginning and of the end. */
const sampleLength = 4096

/** What is looked for is ASCII, and a decoder for every answer costs several times as much. */
const latin1 = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('latin1')

/**
 * Passes a response on and tells what it was when it has ended, whoever ended it.
 *
 * @param stop ends the body early, for a process that wants to stop; `null` where nothing does
 * @param ended is called once
 */
export function observeBody(
  response: Response,
  stop: AbortSignal | null,
  ended: (observed: Observed) => void,
): Response {
  if (!response.body) {
    ended({ bytes: 0, sample: '' })
    return response
  }
  const reader = response.body.getReader()
  const seen = { bytes: 0, head: '', tail: '' }
  const cancel = () => void reader.cancel().catch(() => undefined)
  stop?.addEventListener('abort', cancel)
  let over = false
  const finish = () => {
    if (over) return
    over = true
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
    async pull(controller) {
      // a source that breaks off ends the body: the status line is long sent
      const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }))
      if (done || !value) {
        finish()
        return controller.close()
      }
      look(value)
      controller.enqueue(value)
    },
    async cancel(reason) {
      // the client went away: whatever works behind the stream must hear of it
      finish()
      await reader.cancel(reason)
    },
  })
  return new Response(body, { status: response.status, headers: response.headers })
}
