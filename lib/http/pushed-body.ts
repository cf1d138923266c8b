/** Sends text. Resolves when there is room for more, or at once when the stream is over. */
export type Push = (text: string) => Promise<void>

/** How many bytes to buffer, and how long to wait for a reader that takes nothing, in milliseconds. */
const usual = { bytes: 256 * 1024, patienceMs: 60_000 }

/** Ends a stream whose reader does not read. */
export class ReaderStalledError extends Error {
  override name = 'ReaderStalledError'
  constructor() {
    super('its reader does not read')
  }
}

/** Makes writers wait until the reader has taken enough. */
class Room {
  readonly #waiting: (() => void)[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @param late called when nothing was taken for this long */
  wait(late: () => void, patienceMs: number): Promise<void> {
    this.#timer ??= setTimeout(late, patienceMs)
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  open(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    for (const go of this.#waiting.splice(0)) go()
  }
}

/**
 * A body that is written to as things happen. It buffers up to a limit, then writers wait. When the
 * reader takes nothing for a minute, or writers ignore the limit and buffer twice as much, the body is
 * aborted.
 *
 * @param signal ends it
 * @param write sends until its signal is aborted; the body ends when it is done
 */
export function pushedBody(
  signal: AbortSignal,
  write: (push: Push, signal: AbortSignal) => Promise<void>,
  { bytes, patienceMs }: { readonly bytes: number; readonly patienceMs: number } = usual,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const gone = new AbortController()
  const over = AbortSignal.any([signal, gone.signal])
  const room = new Room()
  let isDone = false
  // once: a combined signal is kept in memory as long as it has listeners
  over.addEventListener('abort', () => room.open(), { once: true })
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const giveUp = () => {
          if (over.aborted) return
          const error = new ReaderStalledError()
          gone.abort(error)
          controller.error(error)
        }
        const push: Push = async (text) => {
          if (isDone || over.aborted) return
          controller.enqueue(encoder.encode(text))
          const left = controller.desiredSize ?? 0
          if (left > 0) return
          if (left < -bytes) giveUp()
          else await room.wait(giveUp, patienceMs)
        }
        const finish = () => {
          isDone = true
          if (gone.signal.aborted) return
          controller.close()
          gone.abort()
        }
        void write(push, over).then(finish, finish)
      },
      pull: () => room.open(),
      cancel: () => gone.abort(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: bytes }),
  )
}
