import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * The interval in milliseconds; the share of CPU time in it up to which the process counts as idle; and
 * the growth of the heap in bytes that makes a collection worthwhile.
 */
const idle = { everyMs: 10_000, computed: 0.1, growth: 24 * 1024 * 1024 }

/** CPU time, not event loop utilisation, which is larger on a busy machine. */
const computedMs = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/**
 * How much the heap may grow before V8 collects again, in percent. By default V8 goes by the machine's
 * memory, and lets a heap of 60 MB grow fourfold.
 */
const growingPercent = 40

/**
 * Keeps the process small: the heap grows in small steps, and after a busy time garbage is collected and
 * its memory returned. V8 itself would keep it, because it does not collect while nothing is allocated.
 *
 * @param {number} [everyMs]
 */
export function keepMemorySmall(everyMs = idle.everyMs) {
  setFlagsFromString(`--heap-growing-percent=${growingPercent}`)
  // drops bytecode that has not run for two collections; it is compiled again on demand
  setFlagsFromString('--bytecode-old-age=2')
  setFlagsFromString('--expose-gc')
  /**
   * Called without arguments: Node 20 takes an object with neither `minor` nor `async` as a request for a
   * minor collection.
   *
   * @type {() => void}
   */
  const collect = runInNewContext('gc')
  let seen = computedMs()
  let floor = 0
  const collectIfIdle = () => {
    const computed = computedMs() - seen
    seen += computed
    if (computed > everyMs * idle.computed) return
    if (getHeapStatistics().total_heap_size < floor + idle.growth) return
    // three times: code must age before it is freed, and pages must be empty
    for (let turn = 0; turn < 3; turn += 1) collect()
    floor = getHeapStatistics().total_heap_size
    seen = computedMs()
  }
  setInterval(collectIfIdle, everyMs).unref()
}
