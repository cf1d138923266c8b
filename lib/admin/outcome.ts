/** The result of a dashboard action; the message is ready to show. */
export type Outcome = { readonly ok: boolean; readonly message: string }

/** A change that succeeded. */
export const done = (message: string): Outcome => ({ ok: true, message })

/** A change that could not be made. */
export const refused = (message: string): Outcome => ({ ok: false, message })
