import { readFileSync, writeFileSync } from 'node:fs'

const kilobytes = (pid: number, field: string): number =>
  Number(
    new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(
      readFileSync(`/proc/${pid}/status`, 'utf8'),
    )?.[1],
  )

/**
 * The peak memory growth of a process while something runs, in MiB. Linux only.
 */
export async function peakGrowth(pid: number, act: () => Promise<void>): Promise<number> {
  // proc(5): 5 resets the peak to what is resident now
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
  const before = kilobytes(pid, 'VmRSS')
  await act()
  return (kilobytes(pid, 'VmHWM') - before) / 1024
}
