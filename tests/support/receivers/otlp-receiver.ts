import { createServer, type IncomingHttpHeaders } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { freePort } from '../server/free-port.mjs'
import { bytesIn, type Fields, messagesIn, numberIn, readFields, textIn } from './protobuf'

type Attributes = Readonly<Record<string, string | number | boolean | null>>

/** A received span (opentelemetry/proto/trace/v1/trace.proto). */
export type Span = {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId: string
  readonly name: string
  /** 2 is SERVER */
  readonly kind: number
  readonly durationMs: number
  readonly attributes: Attributes
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[]
  /** 2 is ERROR */
  readonly status: number
  readonly resource: Attributes
}

/** A data point of a metric (opentelemetry/proto/metrics/v1/metrics.proto). */
export type Point = {
  readonly name: string
  readonly unit: string
  readonly attributes: Attributes
  /** the value of a counter or gauge; the count of a histogram */
  readonly value: number
  readonly resource: Attributes
}

/** A collector that keeps everything it receives. */
export type OtlpReceiver = {
  readonly url: string
  readonly spans: Span[]
  readonly points: Point[]
  readonly headers: IncomingHttpHeaders[]
  /** every received text, to search for what must not be in it */
  received(): string
  close(): Promise<void>
}

const hexIn = (fields: Fields, number: number) => bytesIn(fields, number).toString('hex')

function anyValue(fields: Fields | undefined): string | number | boolean | null {
  if (fields?.has(1)) return textIn(fields, 1)
  if (fields?.has(2)) return numberIn(fields, 2) === 1
  if (fields?.has(3)) return numberIn(fields, 3)
  return fields?.has(4) ? bytesIn(fields, 4).readDoubleLE() : null
}

const attributesIn = (fields: Fields, number: number): Attributes =>
  Object.fromEntries(
    messagesIn(fields, number).map((pair) => [textIn(pair, 1), anyValue(messagesIn(pair, 2)[0])]),
  )

const millisecondsIn = (fields: Fields, number: number) =>
  Number(bytesIn(fields, number).readBigUInt64LE()) / 1e6

/** Each item of a batch with its resource: both kinds of request nest alike. */
function itemsOf(body: Buffer): { item: Fields; resource: Attributes }[] {
  return messagesIn(readFields(body), 1).flatMap((batch) => {
    const [resource] = messagesIn(batch, 1)
    const attributes = resource ? attributesIn(resource, 1) : {}
    return messagesIn(batch, 2).flatMap((scope) =>
      messagesIn(scope, 2).map((item) => ({ item, resource: attributes })),
    )
  })
}

const spansOf = (body: Buffer): Span[] =>
  itemsOf(body).map(({ item, resource }) => ({
    traceId: hexIn(item, 1),
    spanId: hexIn(item, 2),
    parentSpanId: hexIn(item, 4),
    name: textIn(item, 5),
    kind: numberIn(item, 6),
    durationMs: millisecondsIn(item, 8) - millisecondsIn(item, 7),
    attributes: attributesIn(item, 9),
    links: messagesIn(item, 13).map((link) => ({
      traceId: hexIn(link, 1),
      spanId: hexIn(link, 2),
    })),
    status: messagesIn(item, 15).map((status) => numberIn(status, 3))[0] ?? 0,
    resource,
  }))

const pointValue = (point: Fields): number =>
  point.has(4) ? bytesIn(point, 4).readDoubleLE() : Number(bytesIn(point, 6).readBigInt64LE())

/** Gauges, sums and histograms of a metric, each with its attributes' field number. */
const pointsIn = (metric: Fields) => [
  ...[5, 7].flatMap((kind) =>
    messagesIn(metric, kind).flatMap((data) =>
      messagesIn(data, 1).map((point) => ({
        attributes: attributesIn(point, 7),
        value: pointValue(point),
      })),
    ),
  ),
  ...messagesIn(metric, 9).flatMap((data) =>
    messagesIn(data, 1).map((point) => ({
      attributes: attributesIn(point, 9),
      value: Number(bytesIn(point, 4).readBigUInt64LE()),
    })),
  ),
]

const metricsOf = (body: Buffer): Point[] =>
  itemsOf(body).flatMap(({ item, resource }) =>
    pointsIn(item).map((point) => ({
      ...point,
      name: textIn(item, 1),
      unit: textIn(item, 3),
      resource,
    })),
  )

/** Starts a collector for OTLP over HTTP in Protocol Buffers. */
export async function receiveOtlp(): Promise<OtlpReceiver> {
  const spans: Span[] = []
  const points: Point[] = []
  const headers: IncomingHttpHeaders[] = []
  const bodies: Buffer[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const sent = Buffer.concat(chunks)
    const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent
    headers.push(request.headers)
    bodies.push(body)
    if (request.url === '/v1/traces') spans.push(...spansOf(body))
    else if (request.url === '/v1/metrics') points.push(...metricsOf(body))
    response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end()
  })
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, resolve))
  return {
    url: `http://localhost:${port}`,
    spans,
    points,
    headers,
    received: () => Buffer.concat(bodies).toString('latin1'),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
