import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * How often is looked, in milliseconds; which share of that the process may have computed and still
 * count as idle; and how much the heap must have grown, in bytes, for a collection to be worth it.
 */
const idle = { everyMs: 10_000, computed: 0.1, growth: 24 * 1024 * 1024 }

/** Not the share of the event loop, which a busy machine makes larger than what it computes. */
const computedMs = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/**
 * How much the heap may grow over what it held before V8 collects again, in percent. By itself V8 goes
 * by the memory of the whole machine, and lets a heap of 60 MB grow to four times as much.
 */
const growingPercent = 40

/**
 * Keeps the process as small as what it holds: the heap grows in small steps, and what a busy time has
 * left behind is collected and given back when it is over. V8 itself would keep it for good, since
 * nothing makes it collect where nothing is allocated.
 *
 * @param {number} [everyMs]
 */
export function keepMemorySmall(everyMs = idle.everyMs) {
  setFlagsFromString(`--heap-growing-percent=${growingPercent}`)
  // what has not run since the last but one collection is compiled again when it does
  setFlagsFromString('--bytecode-old-age=2')
  setFlagsFromString('--expose-gc')
  /**
   * Without arguments: Node 20 takes an object that asks for neither `minor` nor `async` for a wish
   * for a minor collection.
   *
   * @type {() => void}
   */
  const collect = runInNewContext('gc')
  let seen = computedMs()
  let floor = 0
  const look = () => {
    const computed = computedMs() - seen
    seen += computed
    if (computed > everyMs * idle.computed) return
    if (getHeapStatistics().total_heap_size < floor + idle.growth) return
    // code is freed when it has become old, and pages when nothing is left on them
    for (let turn = 0; turn < 3; turn += 1) collect()
    floor = getHeapStatistics().total_heap_size
    seen = computedMs()
  }
  setInterval(look, everyMs).unref()
}
