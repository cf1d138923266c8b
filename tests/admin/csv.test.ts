import { expect, test } from 'vitest'
import { csvCell } from '@/lib/admin/csv'

test.each([
  ['plain', 'plain'],
  [null, ''],
  [7, '7'],
  [{ a: 1 }, '"{""a"":1}"'],
  [new Date(0), '1970-01-01T00:00:00.000Z'],
  [{ reason: { kind: 'code-unknown' } }, '"{""reason"":""unknown code""}"'],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  [' =1+1', "' =1+1"],
  ['\t=1+1', '"\'\t\'=1+1"'],
  ['\r=1', '"\'\r\'=1"'],
  ['\n=1', '"\'\n\'=1"'],
  ['\uff1dcmd', "'\uff1dcmd"],
  ['a;=cmd|x', '"a;\'=cmd|x"'],
  ['a\t-cmd', '"a\t\'-cmd"'],
  ['a; b', '"a; b"'],
])('%j is written as %j', (value, cell) => {
  expect(csvCell(value)).toBe(cell)
})
