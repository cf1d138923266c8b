import dns from 'node:dns/promises'
import https from 'node:https'
import { syncBuiltinESMExports } from 'node:module'

/**
 * Loaded into a server under test: one https host is a server of this machine, under its own name
 * and certificate, and no other host is to be found.
 */

const [host = '', origin = ''] = String(process.env.TEST_ELSEWHERE).split(' ')
const { lookup } = dns
const { request } = https

dns.lookup = (name, ...rest) =>
  name === host || name === 'localhost'
    ? lookup('localhost', ...rest)
    : Promise.reject(new Error(`${name} is not to be found`))

https.request = (url, options, ...rest) =>
  url instanceof URL && url.hostname === host
    ? request(url, { ...options, port: new URL(origin).port }, ...rest)
    : request(url, options, ...rest)

syncBuiltinESMExports()
