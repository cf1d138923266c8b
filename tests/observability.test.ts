import { readFileSync } from 'node:fs'
import path from 'node:path'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { describe, expect, test } from 'vitest'
import { variables } from '@/lib/config/all'
import { jsonLine } from '@/lib/recorder/console'
import { routeOf } from '@/lib/telemetry/conventions'
import { type Definition, metricTable } from '@/lib/telemetry/metric-table'
import { sourceFiles } from './support/sources/imports'

const read = (file: string) => readFileSync(path.join(import.meta.dirname, '..', file), 'utf8')

const table: Readonly<Record<string, Definition>> = metricTable
const own = Object.keys(table)

/** What a scrape serves: a histogram by the names of its series. */
async function servedNames(): Promise<Set<string>> {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const ofProcess = await registry.getMetricsAsJSON()
  registry.clear()
  return new Set([
    ...ofProcess.map(({ name }) => name),
    ...own.flatMap((name) =>
      table[name]?.kind === 'histogram'
        ? ['_bucket', '_sum', '_count'].map((series) => `${name}${series}`)
        : [name],
    ),
  ])
}

type Target = { readonly expr: string }
type Panel = { readonly title: string; readonly targets?: readonly Target[] }
type Dashboard = {
  readonly panels: readonly Panel[]
  readonly templating: { readonly list: readonly { readonly name: string; definition?: string }[] }
}

const dashboard: Dashboard = JSON.parse(read('docs/grafana/portico.json'))

/** Names before the braces of a selector, and in `label_values`. */
const namesIn = (expression: string): string[] =>
  [...expression.matchAll(/([a-z_:][\w:]*)\{|label_values\((\w+)/g)].map(
    ([, name, listed]) => name ?? listed ?? '',
  )

/** Labels that a query selects or sums by, with the metric that they belong to. */
function labelsIn(expression: string): { name: string; label: string }[] {
  const names = namesIn(expression)
  const selected = [...expression.matchAll(/([a-z_:][\w:]*)\{([^}]*)\}/g)].flatMap(
    ([, name = '', inner = '']) =>
      [...inner.matchAll(/(\w+)(?:=|!=|=~|!~)"/g)].map(([, label = '']) => ({ name, label })),
  )
  const grouped = [...expression.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) =>
    list.split(',').map((label) => ({ name: names[0] ?? '', label: label.trim() })),
  )
  return [...selected, ...grouped]
}

const expressions = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))

describe('the Grafana dashboard', () => {
  test('queries nothing that is not served', async () => {
    const served = await servedNames()
    expect(expressions.length).toBeGreaterThan(20)
    for (const expression of expressions) {
      expect(namesIn(expression)).not.toEqual([])
      for (const name of namesIn(expression)) expect(served).toContain(name)
    }
  })

  test('asks for labels that its metrics have', () => {
    const everywhere = ['job', 'instance', 'le']
    const wrong = expressions.flatMap(labelsIn).filter(({ name, label }) => {
      const definition = table[name.replace(/_(bucket|sum|count)$/, '')]
      return ![...everywhere, ...(definition?.labels ?? [])].includes(label)
    })
    expect(wrong).toEqual([])
  })

  test('lets its data source be chosen', () => {
    const names = dashboard.templating.list.map(({ name }) => name)
    expect(names).toContain('datasource')
    const queries = dashboard.templating.list.flatMap(({ definition }) => definition ?? [])
    for (const query of queries) for (const name of namesIn(query)) expect(own).toContain(name)
  })
})

describe('docs/observability.md', () => {
  const guide = read('docs/observability.md')

  test('describes every metric with its labels, and no other', () => {
    const rows = [...guide.matchAll(/^\| `(portico_\w+)` \| (\w+) \|([^|]*)\|/gm)].map(
      ([, name = '', kind = '', labels = '']) => [
        name,
        kind,
        [...labels.matchAll(/`(\w+)`/g)].map(([, label]) => label),
      ],
    )
    expect(rows).toEqual(own.map((name) => [name, table[name]?.kind, table[name]?.labels]))
  })

  test('names every variable of OpenTelemetry that is read', () => {
    const named = Object.keys(variables).filter((name) => name.startsWith('OTEL_'))
    expect(named.filter((name) => !guide.includes(`\`${name}\``))).toEqual([])
  })

  test('names every field of a line of JSON', () => {
    const text = 'x'
    const event = {
      ...{ at: new Date(), name: text, outcome: 'refused' as const, requestId: text },
      ...{ status: 400, method: text, path: text, agent: text, clientId: text, durationMs: 1 },
      ...{ interactionId: text, grantId: text, sessionId: text, userId: text },
      detail: { reason: { kind: 'no-credentials' }, tool: text },
    }
    const fields = Object.keys(JSON.parse(jsonLine(event)))
    expect(fields.length).toBeGreaterThan(15)
    expect(fields.filter((field) => !guide.includes(`\`${field}\``))).toEqual([])
  })
})

test('every endpoint has its route, but for those that answer any path', () => {
  const names = sourceFiles('lib/endpoints', 'lib/server', 'lib/admin', 'lib/auth').flatMap(
    ({ text }) =>
      [...text.matchAll(/\b(?:personalE|clientE|e)ndpoint\('([^']+)'/g)].map(
        ([, name = '']) => name,
      ),
  )
  expect(names).toContain('token')
  expect(names.filter((name) => routeOf(name) === null).sort()).toEqual(['not found', 'well-known'])
})
