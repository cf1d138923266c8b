import { expect, test } from 'vitest'
import { type Format, fileOf, type Row } from '@/lib/admin/list-file'

async function* each(rows: readonly Row[]) {
  yield* rows
}
async function text(format: Format, ...rows: readonly Row[]): Promise<string> {
  let file = ''
  for await (const part of fileOf(each(rows), format)) file += part
  return file
}

test('a cell stays in its column, whatever its row lacks or has besides', async () => {
  const rows = [
    { id: 1, name: 'a', of: 'x' },
    { id: 2, of: 'y' },
    { of: 'z', more: true, id: 3 },
  ]
  expect(await text('csv', ...rows)).toBe('id,name,of\r\n1,a,x\r\n2,,y\r\n3,,z\r\n')
})

test('JSON is one list, and NDJSON has a line for each row', async () => {
  expect(JSON.parse(await text('json', { id: 1 }, { id: 2 }))).toEqual([{ id: 1 }, { id: 2 }])
  expect(JSON.parse(await text('json'))).toEqual([])
  expect(await text('ndjson', { id: 1 }, { id: 2 })).toBe('{"id":1}\n{"id":2}\n')
})
