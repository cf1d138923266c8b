import pg from 'pg'
import type { LoadAnswer } from './mixed-load'

/** What a server printed about its database, and other lines that are no events. */
export type Printed = { readonly ofDatabase: string[]; readonly others: string[] }

const eventLine = /^\d\d:\d\d:\d\d [a-z]/

/** Sorts what was printed since an outage began. */
export function printedOf(output: string): Printed {
  const lines = output.split('\n').filter((line) => line.trim() !== '' && !eventLine.test(line))
  return {
    ofDatabase: lines.filter((line) => line.startsWith('database: ')),
    others: lines.filter((line) => !line.startsWith('database: ')),
  }
}

const isCall = ({ kind, status }: LoadAnswer): boolean => kind === 'tool call' && status === 200

/** Tool calls that were answered, and their events in the database. */
export async function countCalls(
  url: string,
  answers: readonly LoadAnswer[],
): Promise<{ answered: number; written: number; twice: number; inOrder: boolean }> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ requestId: string; at: Date }>(
      `select "requestId", at from "Event" where name = 'mcp.called' order by id`,
    )
    const written = new Set(rows.map(({ requestId }) => requestId)).size
    const inOrder = rows.every(({ at }, index) => at >= (rows[index - 1]?.at ?? at))
    return {
      answered: answers.filter(isCall).length,
      written,
      twice: rows.length - written,
      inOrder,
    }
  } finally {
    await client.end()
  }
}

/** Milliseconds from a time until all later requests were answered correctly. */
export function recoveryMs(answers: readonly LoadAnswer[], since: number): number {
  const refused = answers.filter(({ status, at }) => at >= since && isRefused(status))
  return Math.max(0, ...refused.map(({ at }) => at - since))
}

/** Unanswered, or answered wrongly. */
export const isRefused = (status: number): boolean => status === 0 || status >= 500
