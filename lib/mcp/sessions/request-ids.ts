import type { JSONRPCMessage } from '@modelcontextprotocol/server'

/**
 * Ids of the requests that a server sends to its client. The SDK counts from 0 in each process, so
 * that two instances of one session would use the same: on the wire each carries the name of the
 * instance that waits for the answer.
 */

type Progress = { readonly progressToken?: unknown }

const own = /^([\w-]{12})\.(\d+)$/

const outgoing = (instance: string, id: unknown): string => `${instance}.${id}`

/** A request as it goes out: its id, and the progress token the SDK made from it, name the instance. */
export function namedRequest(message: JSONRPCMessage, instance: string): JSONRPCMessage {
  if (!('method' in message && 'id' in message)) return message
  const meta = (message.params?._meta ?? {}) as Progress
  const named = { ...message, id: outgoing(instance, message.id) }
  if (meta.progressToken === undefined) return named as JSONRPCMessage
  const _meta = { ...meta, progressToken: outgoing(instance, meta.progressToken) }
  return { ...named, params: { ...message.params, _meta } } as JSONRPCMessage
}

/** For whom a message of the client is, and what the SDK there is to be given. */
export type Addressed = {
  /** `null` where the message names no instance: whoever receives it serves it */
  readonly instance: string | null
  readonly message: unknown
}

/** Reads the name out of a client's answer, or of its progress on what was asked of it. */
export function addressed(message: unknown): Addressed {
  const { id, method, params } = Object(message) as {
    id?: unknown
    method?: unknown
    params?: Progress
  }
  if (method === undefined) {
    const [, instance, number] = own.exec(String(id)) ?? []
    if (!instance) return { instance: null, message }
    return { instance, message: { ...Object(message), id: Number(number) } }
  }
  if (method !== 'notifications/progress') return { instance: null, message }
  const [, instance, number] = own.exec(String(params?.progressToken)) ?? []
  if (!instance) return { instance: null, message }
  const restored = { ...params, progressToken: Number(number) }
  return { instance, message: { ...Object(message), params: restored } }
}
