/**
 * Loaded before a Portico of which is measured what recording costs: at SIGUSR2 it stops to record, or
 * goes on. It collects its garbage too, since a call costs less after a collection than before the next.
 *
 * There is no setting for it: a Portico that does not record has no purpose.
 */
const recording = { isOn: true }
Object.assign(globalThis, { __porticoHeld: new Map([['recording', recording]]) })
process.on('SIGUSR2', () => {
  recording.isOn = !recording.isOn
  globalThis.gc?.()
})
