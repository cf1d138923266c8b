/** Whether a text from a URL can be the id of a handshake; what cannot is not asked of the database. */
export const isHandshakeId = (text: string): boolean => /^hs_\d{1,19}$/.test(text)
