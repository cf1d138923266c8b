/** Whether a text from a URL can be a handshake id; if not, the database is not queried. */
export const isHandshakeId = (text: string): boolean => /^hs_\d{1,19}$/.test(text)
