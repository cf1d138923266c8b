import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

/** What a busy time left behind is given back once it is over. */

/** Fills 200 MB and forgets them. @returns MiB of the heap then, and when it is small or a minute later */
const heapOf = (before: string): [then: number, later: number] =>
  JSON.parse(
    execFileSync(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `${before}
        const { getHeapStatistics } = await import('node:v8')
        const heap = () => Math.round(getHeapStatistics().total_heap_size / 2 ** 20)
        let filled = Array.from({ length: 2e6 }, (_, index) => ({ index, text: 'text ' + index }))
        const then = heap()
        filled = null
        for (let look = 0; look < 300 && heap() >= 40; look += 1) {
          await new Promise((resolve) => setTimeout(resolve, 200))
        }
        console.log(JSON.stringify([then, heap()]))`,
      ],
      { cwd: import.meta.dirname, encoding: 'utf8' },
    ),
  )

test('an idle process gives back what it does not hold', () => {
  const [then, later] = heapOf("(await import('../lib/cli/memory.mjs')).keepMemorySmall(200)")
  expect(then).toBeGreaterThan(100)
  expect(later).toBeLessThan(40)
})

test('what it collects is the whole heap, and not what is new', () => {
  const script = `
    const { PerformanceObserver, constants } = await import('node:perf_hooks')
    const { NODE_PERFORMANCE_GC_FLAGS_FORCED: forced, NODE_PERFORMANCE_GC_MAJOR: major } = constants
    const seen = []
    const observer = new PerformanceObserver((list) => {
      for (const { detail } of list.getEntries()) if (detail.flags & forced) seen.push(detail.kind === major)
    })
    observer.observe({ entryTypes: ['gc'] })
    ;(await import('../lib/cli/memory.mjs')).keepMemorySmall(200)
    const kept = Array.from({ length: 1e6 }, (_, index) => ({ index }))
    for (let look = 0; look < 300 && seen.length < 3; look += 1) {
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    console.log(JSON.stringify({ seen, kept: kept.length }))`
  const args = ['--input-type=module', '-e', script]
  const output = execFileSync(process.execPath, args, {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  })
  expect(JSON.parse(output)).toEqual({ seen: [true, true, true], kept: 1e6 })
})
