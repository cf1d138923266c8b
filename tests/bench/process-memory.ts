import { readdirSync, readFileSync } from 'node:fs'

/** What Linux says of the memory of processes; all of it in MiB. */

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // it has ended
    return ''
  }
}

const mebibytes = (text: string, name: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0) / 1024

/** What a process holds now. */
export const resident = (pid: number): number => mebibytes(read(`/proc/${pid}/status`), 'VmRSS')

/** The most that a process has held so far. */
export const highest = (pid: number): number => mebibytes(read(`/proc/${pid}/status`), 'VmHWM')

function childrenByParent(): Map<number, number[]> {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    const stat = read(`/proc/${name}/stat`)
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  return children
}

/** What a process and all below it hold now; what several share counts once. */
export function together(pid: number): number {
  const children = childrenByParent()
  const sum = (each: number): number =>
    (children.get(each) ?? []).reduce(
      (total, child) => total + sum(child),
      mebibytes(read(`/proc/${each}/smaps_rollup`), 'Pss'),
    )
  return sum(pid)
}

/** Follows what a process and all below it hold. @returns ends it, and says the most that it was */
export function watchTogether(pid: number): () => number {
  let most = 0
  const timer = setInterval(() => {
    most = Math.max(most, together(pid))
  }, 200)
  return () => {
    clearInterval(timer)
    return most
  }
}
