import type { JSONRPCMessage } from '@modelcontextprotocol/server'

/**
 * Ids of the requests that a server sends to its client. The SDK counts from 0 in each process, so two
 * instances of one session would use the same ids: on the wire each id includes the instance that
 * waits for the answer.
 */

type Progress = { readonly progressToken?: unknown }

const own = /^([\w-]{12})\.(\d+)$/

const outgoing = (instance: string, id: unknown): string => `${instance}.${id}`

/** An outgoing request, with the instance in its id and in the progress token the SDK made from it. */
export function namedRequest(message: JSONRPCMessage, instance: string): JSONRPCMessage {
  if (!('method' in message && 'id' in message)) return message
  const meta = (message.params?._meta ?? {}) as Progress
  const named = { ...message, id: outgoing(instance, message.id) }
  if (meta.progressToken === undefined) return named as JSONRPCMessage
  const _meta = { ...meta, progressToken: outgoing(instance, meta.progressToken) }
  return { ...named, params: { ...message.params, _meta } } as JSONRPCMessage
}

/**
 * Reads the instance from a client's answer or progress notification, and restores the SDK's id.
 *
 * @returns `instance` is `null` when the message names none: the receiving one handles it
 */
export function addressed(message: unknown): { instance: string | null; message: unknown } {
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
