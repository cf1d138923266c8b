import type { Line } from './lines'
import type { Executed, PlanNode } from './plan-tap'
import { reads } from './reads'

const watched = new Set(['Event', 'Handshake', 'HandshakeEvent'])
/** A few hundred rows may be read whichever way. */
const mostScanned = 300
/** A statement that looks at more rows has the wrong index; the joiner takes four thousand events at a time. */
const mostRead = 5000

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

const rowsOf = (node: PlanNode): number =>
  (node['Actual Rows'] +
    (node['Rows Removed by Filter'] ?? 0) +
    (node['Rows Removed by Index Recheck'] ?? 0)) *
  node['Actual Loops']

/** The steps of a plan that read the large tables; the step above a bitmap names no table. */
const stepsOf = ({ Plan }: Executed): PlanNode[] =>
  nodesOf(Plan).filter(
    (node) => watched.has(node['Relation Name'] ?? '') && node['Node Type'] !== 'ModifyTable',
  )

const isScan = (node: PlanNode): boolean =>
  node['Node Type'] === 'Seq Scan' && rowsOf(node) > mostScanned

const wayOf = (node: PlanNode): string[] => [
  node['Index Name'] ?? node['Node Type'],
  ...(node.Plans ?? []).flatMap((below) => below['Index Name'] ?? []),
]

/** SQL without what differs from one execution to the next. */
const shapeOf = ({ 'Query Text': sql }: Executed): string =>
  sql
    .replaceAll('"public".', '')
    .replace(/\$\d+(,\s*\$\d+)*/g, '$n')
    .replace(/\s+/g, ' ')
    .trim()

const nameOf = (shape: string): string =>
  reads.find(([, pattern]) => pattern.test(shape))?.[0] ??
  shape.replace(/^SELECT .*? FROM/, 'SELECT … FROM').slice(0, 90)

function toLine(title: string, group: readonly Executed[]): Line {
  const steps = group.flatMap(stepsOf)
  const most = Math.max(
    ...group.map((one) => stepsOf(one).reduce((sum, node) => sum + rowsOf(node), 0)),
  )
  const ways = [...new Set(steps.flatMap(wayOf))].join(', ')
  const isGood = !steps.some(isScan) && most <= mostRead
  return { isGood, title, found: `at most ${most} rows, by ${ways}` }
}

/** Every statement that read a large table, and every read of {@link reads} that none did. */
export function planLines(executed: readonly Executed[]): Line[] {
  const groups = new Map<string, Executed[]>()
  for (const one of executed) {
    if (stepsOf(one).length === 0) continue
    const name = nameOf(shapeOf(one))
    groups.set(name, [...(groups.get(name) ?? []), one])
  }
  const unseen = reads.filter(([name]) => !groups.has(name))
  return [
    ...[...groups].map(([name, group]) => toLine(name, group)),
    ...unseen.map(([title]) => ({ isGood: false, title, found: 'was not executed' })),
  ]
}
