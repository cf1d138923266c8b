/**
 * Loaded before Portico, this keeps it from recording what it observes, to measure what recording
 * costs. There is no setting for it: a Portico that does not record has no purpose.
 */
Object.assign(globalThis, {
  __porticoHeld: new Map([['recording', { isOn: false }]]),
})
