import { describe, expect, test } from 'vitest'
import { BusyError, type HashingLane, hashingQueue } from '@/lib/auth/hashing-queue'

/** A queue whose clock and work a test moves on by hand. */
function world() {
  let now = 0
  const rests: (() => void)[] = []
  const queue = hashingQueue({ now: () => now, wait: (_, then) => void rests.push(then) })
  const began: string[] = []
  const ends = new Map<string, () => void>()
  const ended: Promise<unknown>[] = []
  return {
    began,
    queue,
    ask(lane: HashingLane, name: string) {
      const work = () =>
        new Promise<void>((end) => {
          began.push(name)
          ends.set(name, end)
        })
      ended.push(queue.run(lane, work))
    },
    async end(name: string) {
      now += 30
      ends.get(name)?.()
      // what follows happens in turns of its own
      await new Promise((resolve) => setImmediate(resolve))
    },
    async rest() {
      rests.shift()?.()
      await new Promise((resolve) => setImmediate(resolve))
    },
    settled: () => new Promise((resolve) => setImmediate(resolve)),
  }
}

describe('passwords are hashed in turn', () => {
  test('strangers one at a time, with a rest in between, however many ask', async () => {
    const { ask, began, end, rest, settled } = world()
    for (const name of ['a', 'b', 'c']) ask('stranger', name)
    await settled()
    expect(began).toEqual(['a'])
    await end('a')
    expect(began).toEqual(['a'])
    await rest()
    expect(began).toEqual(['a', 'b'])
  })

  test('a known browser does not wait for strangers', async () => {
    const { ask, began, end, rest, settled } = world()
    for (let guess = 0; guess < 50; guess += 1) ask('stranger', `guess ${guess}`)
    ask('known', 'owner')
    await settled()
    expect(began).toEqual(['guess 0', 'owner'])
    ask('known', 'second')
    ask('known', 'third')
    await end('guess 0')
    await rest()
    // two at once at most, and the known ones first
    expect(began).toEqual(['guess 0', 'owner', 'second'])
    await end('owner')
    expect(began).toEqual(['guess 0', 'owner', 'second', 'third'])
    await end('second')
    expect(began.at(-1)).toBe('guess 1')
  })

  test('strangers who would wait too long are told so, and take nobody’s place', async () => {
    const { ask, began, queue, settled } = world()
    for (let guess = 0; guess < 101; guess += 1) ask('stranger', `guess ${guess}`)
    await settled()
    expect(queue.hasRoom('stranger')).toBe(false)
    await expect(queue.run('stranger', async () => 'hashed')).rejects.toThrow(BusyError)
    expect(queue.hasRoom('known')).toBe(true)
    ask('known', 'owner')
    await settled()
    expect(began).toEqual(['guess 0', 'owner'])
  })

  test('work that fails gives its turn on', async () => {
    const { queue } = world()
    const fails = queue.run('known', async () => {
      throw new Error('no hash')
    })
    await expect(fails).rejects.toThrow('no hash')
    expect(await queue.run('known', async () => 'next')).toBe('next')
  })
})
