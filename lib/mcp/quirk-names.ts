/**
 * What Claude and others send although the specification says otherwise, and what each is called in
 * PORTICO_REFUSE_QUIRKS and in the log.
 */
export const quirkNames = [
  'accept-header',
  'repeated-version-header',
  'version-mismatch',
  'missing-method-header',
  'missing-name-header',
  'trailing-slash',
  'bearer-case',
] as const

/** A deviation that is absorbed unless it is switched off. */
export type Quirk = (typeof quirkNames)[number]
