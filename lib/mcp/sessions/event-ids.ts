/** The stream and position of an event within its session. */
export type EventPlace = { readonly streamId: string; readonly position: bigint }

/** The id of a server-sent event. It includes the stream: a client resumes by this id alone. */
export const eventIdOf = ({ streamId, position }: EventPlace): string => `${streamId}_${position}`

/** Reads a `Last-Event-ID`; `null` when it is not one of ours. */
export function readEventId(id: string): EventPlace | null {
  const [, streamId, position] = /^([a-z0-9-]{1,64})_(\d{1,18})$/.exec(id) ?? []
  return streamId && position ? { streamId, position: BigInt(position) } : null
}
