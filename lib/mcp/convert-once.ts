import type { z } from 'zod'
import { withoutDialect } from './dialect'

const converted = new WeakMap<z.ZodObject, z.ZodObject>()

/**
 * A copy of the schema that caches its JSON Schema. A server is built for every request, and the SDK
 * would convert the called tool's schemas each time, which costs more than the call.
 */
export function convertOnce(schema: z.ZodObject): z.ZodObject {
  const before = converted.get(schema)
  if (before) return before
  const standard = schema['~standard']
  const kept = new Map<string, Record<string, unknown>>()
  const once =
    (io: 'input' | 'output'): typeof standard.jsonSchema.input =>
    (options) => {
      const key = `${io} ${options.target}`
      const json = kept.get(key) ?? withoutDialect(standard.jsonSchema[io](options))
      kept.set(key, json)
      return json
    }
  const jsonSchema = { input: once('input'), output: once('output') }
  const copy = Object.create(schema, { '~standard': { value: { ...standard, jsonSchema } } })
  converted.set(schema, copy)
  return copy
}
