import { expect, test } from 'vitest'
import { lackOfMemory, wordOnKill } from '@/lib/cli/build-memory.mjs'

/** A build that memory does not suffice for is told of before and after. */

test('a machine that is too small is told of, with what to do', () => {
  expect(lackOfMemory(1024)).toMatch(/1536 MB .* this machine has 1024: .*the image or the package/)
  expect(lackOfMemory(8192)).toBeNull()
})

test('a build that the system killed is told from one that failed', () => {
  expect(wordOnKill('SIGKILL')).toMatch(/killed, most likely since memory ran out/)
  expect(wordOnKill('SIGTERM')).toBe('')
  expect(wordOnKill(null)).toBe('')
})
