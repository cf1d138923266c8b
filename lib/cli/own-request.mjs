import { randomBytes } from 'node:crypto'

/**
 * Where a form leads on to another page, Next asks this server for that page, with all headers of the
 * form's request. Such a request has come through no proxy, and its headers are settled already.
 */
const header = 'x-portico-own'
const secret = randomBytes(24).toString('base64url')

/** @typedef {Pick<import('node:http').IncomingMessage, 'headers'>} Arrived */

/**
 * Marks what Next is given, so that what it asks in its turn is known.
 *
 * @param {Arrived} request
 */
export function markOwn({ headers }) {
  headers[header] = secret
}

/**
 * Whether Next asks; nobody else knows the mark.
 *
 * @param {Arrived} request
 */
export const isOwn = ({ headers }) => headers[header] === secret
