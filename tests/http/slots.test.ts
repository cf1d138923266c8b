import { expect, test } from 'vitest'
import { NoSlotError, Slots } from '@/lib/http/slots'

const never = new AbortController().signal

test('so many at a time, and who waits the longest comes next', async () => {
  const slots = new Slots(2, 2)
  const first = await slots.take(never)
  const second = await slots.take(never)
  const order: string[] = []
  const takes = async (name: string) => {
    const free = await slots.take(never)
    order.push(name)
    return free
  }
  const third = takes('third')
  const fourth = takes('fourth')
  await expect(slots.take(never)).rejects.toThrow(NoSlotError)
  expect(order).toEqual([])
  first()
  // giving it back twice gives nothing away
  first()
  const freeThird = await third
  expect(order).toEqual(['third'])
  second()
  const freeFourth = await fourth
  expect(order).toEqual(['third', 'fourth'])
  freeThird()
  freeFourth()
  const again = await Promise.all([slots.take(never), slots.take(never)])
  for (const free of again) free()
})

test('who has waited too long gets no place, and leaves none empty', async () => {
  const slots = new Slots(1, 2)
  const free = await slots.take(never)
  const impatient = new AbortController()
  const waiting = slots.take(impatient.signal)
  const patient = slots.take(never)
  impatient.abort()
  await expect(waiting).rejects.toThrow(NoSlotError)
  await expect(slots.take(impatient.signal)).rejects.toThrow(NoSlotError)
  free()
  const freed = await patient
  freed()
  // an end that comes after the place was given changes nothing
  const late = new AbortController()
  const last = await slots.take(late.signal)
  late.abort()
  last()
  ;(await slots.take(never))()
})
