import { csvCell } from './csv'

export type Row = Readonly<Record<string, unknown>>
export type Format = 'csv' | 'json' | 'ndjson'

export const mediaTypes: Record<Format, string> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
}

const csvLine = (cells: readonly unknown[]): string => `${cells.map(csvCell).join(',')}\r\n`

/** The text of a row; the first one names the columns, which all rows of a CSV file have. */
const line: Record<Format, (row: Row, columns: readonly string[], first: boolean) => string> = {
  csv: (row, columns, first) =>
    `${first ? csvLine(columns) : ''}${csvLine(columns.map((name) => row[name]))}`,
  json: (row, _, first) => `${first ? '[\n' : ',\n'}${JSON.stringify(row)}`,
  ndjson: (row) => `${JSON.stringify(row)}\n`,
}

/** A list as a file, row by row. @param rows of a CSV file have the columns of the first one */
export async function* fileOf(rows: AsyncIterable<Row>, format: Format): AsyncGenerator<string> {
  let columns: readonly string[] | undefined
  for await (const row of rows) {
    const first = columns === undefined
    columns ??= Object.keys(row)
    yield line[format](row, columns, first)
  }
  if (format === 'json') yield columns ? '\n]\n' : '[]\n'
}
