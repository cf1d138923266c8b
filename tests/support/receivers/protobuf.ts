/** The fields of a Protocol Buffers message, by number: a number, or bytes. */
export type Fields = ReadonlyMap<number, readonly (bigint | Buffer)[]>

/** A varint and its end. */
function varintAt(bytes: Buffer, start: number): [bigint, number] {
  let value = 0n
  for (let at = start, shift = 0n; ; at += 1, shift += 7n) {
    const byte = bytes[at]
    if (byte === undefined) throw new Error('the message ends within a number')
    value |= BigInt(byte & 0x7f) << shift
    if (byte < 0x80) return [value, at + 1]
  }
}

/** One value of a wire type and its end. */
function valueAt(bytes: Buffer, start: number, wireType: number): [bigint | Buffer, number] {
  if (wireType === 0) return varintAt(bytes, start)
  const [length, from] = wireType === 2 ? varintAt(bytes, start) : [wireType === 1 ? 8n : 4n, start]
  const end = from + Number(length)
  if (end > bytes.length) throw new Error('the message ends within a value')
  return [bytes.subarray(from, end), end]
}

/** Parses a message (Protocol Buffers "Encoding"). @throws {Error} if it is invalid */
export function readFields(bytes: Buffer): Fields {
  const fields = new Map<number, (bigint | Buffer)[]>()
  for (let at = 0; at < bytes.length; ) {
    const [tag, begin] = varintAt(bytes, at)
    const [value, end] = valueAt(bytes, begin, Number(tag & 7n))
    const number = Number(tag >> 3n)
    fields.set(number, [...(fields.get(number) ?? []), value])
    at = end
  }
  return fields
}

/** The messages of a field. */
export const messagesIn = (fields: Fields, number: number): Fields[] =>
  (fields.get(number) ?? []).map((value) => readFields(value as Buffer))

/** The bytes of a field, empty if missing. */
export const bytesIn = (fields: Fields, number: number): Buffer =>
  (fields.get(number)?.[0] as Buffer | undefined) ?? Buffer.alloc(0)

/** The text of a field. */
export const textIn = (fields: Fields, number: number): string =>
  bytesIn(fields, number).toString('utf8')

/** The varint of a field, 0 if missing. */
export const numberIn = (fields: Fields, number: number): number =>
  Number(fields.get(number)?.[0] ?? 0n)
