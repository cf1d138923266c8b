import { randomBytes } from 'node:crypto'

/**
 * When a form redirects to another page, Next requests that page from this server with all headers of the
 * form's request. Such a request passed no proxy, and its headers are already sanitised.
 */
const header = 'x-portico-own'
const secret = randomBytes(24).toString('base64url')

/** @typedef {Pick<import('node:http').IncomingMessage, 'headers'>} Arrived */

/**
 * Marks a request for Next, so that Next's own requests are recognised.
 *
 * @param {Arrived} request
 */
export function markOwn({ headers }) {
  headers[header] = secret
}

/**
 * Whether the request comes from Next; nobody else knows the mark.
 *
 * @param {Arrived} request
 */
export const isOwn = ({ headers }) => headers[header] === secret
