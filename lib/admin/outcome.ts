/** The result of a dashboard action; the message is ready to show. */
export type ActionResult = { readonly ok: boolean; readonly message: string }

/** A change that succeeded. */
export const done = (message: string): ActionResult => ({ ok: true, message })

/** A change that could not be made. */
export const refused = (message: string): ActionResult => ({ ok: false, message })
