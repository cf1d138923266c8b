import { expect, test } from 'vitest'
import { killExplanation, memoryWarning } from '@/lib/cli/build-advice.mjs'

/** A build that memory does not suffice for is told of before and after. */

test('a machine that is too small is told of, with what to do', () => {
  expect(memoryWarning(1024)).toMatch(
    /1536 MB .* this machine has 1024: .*the image or the package/,
  )
  expect(memoryWarning(8192)).toBeNull()
})

test('a build that the system killed is told from one that failed', () => {
  expect(killExplanation('SIGKILL')).toMatch(/killed, most likely since memory ran out/)
  expect(killExplanation('SIGTERM')).toBe('')
  expect(killExplanation(null)).toBe('')
})
