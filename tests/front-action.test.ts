import { expect, test } from 'vitest'
import { isUnreadableCall } from '@/lib/server/action-arguments'

const call = { 'next-action': 'x', 'content-type': 'text/plain;charset=UTF-8' }
const form = { 'next-action': 'x', 'content-type': 'multipart/form-data; boundary=x' }
const part = (name: string, text: string) =>
  `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`

test.each([
  ['an argument', call, '["$T"]'],
  ['a part of one', call, '[{"a":["$Ta"]}]'],
  ['one that is written in another way', call, '["\\u0024T"]'],
  [
    'the arguments beside a form',
    form,
    `${part('1_name', 'x')}${part('0', '["$T","$K1"]')}--x--\r\n`,
  ],
])('what only a browser can look at is found in %s', (_, headers, body) => {
  expect(isUnreadableCall(headers, Buffer.from(body))).toBe(true)
})

test.each([
  ['a text of somebody', call, '["$$T"]'],
  ['what somebody typed', form, `${part('1_password', '["$T"]')}${part('0', '["$K1"]')}--x--\r\n`],
  ['no JSON', call, '["$T"'],
  ['no call of an action', { 'content-type': 'text/plain' }, '["$T"]'],
])('and not in %s', (_, headers, body) => {
  expect(isUnreadableCall(headers, Buffer.from(body))).toBe(false)
})
