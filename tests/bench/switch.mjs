/**
 * Loaded before a Portico of which is measured what recording costs: at SIGUSR2 nothing more arrives at
 * its recorder, or it does again. It collects its garbage too, since a call costs less after a
 * collection than before the next.
 *
 * There is no setting for it: a Portico that does not record has no purpose. The recorder's queue is
 * where every bundle of the process finds it (lib/process-wide.ts).
 */

/** @typedef {{ isStored: boolean }} Arrived */
/** @typedef {Map<'recorder', { arrived: Arrived[] }>} Held */

let isOn = true
process.on('SIGUSR2', () => {
  const { __porticoHeld: held } = /** @type {{ __porticoHeld?: Held }} */ (globalThis)
  const arrived = held?.get('recorder')?.arrived
  if (!arrived) throw new Error('there is no recorder to switch off')
  isOn = !isOn
  // what was committed with a change was stored already, and is only printed
  const unlessOff = (/** @type {Arrived} */ one) =>
    one.isStored ? Array.prototype.push.call(arrived, one) : 0
  arrived.push = isOn ? Array.prototype.push : unlessOff
  globalThis.gc?.()
  process.stdout.write(`recording is ${isOn ? 'on' : 'off'}\n`)
})
