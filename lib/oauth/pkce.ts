import { createHash } from 'node:crypto'
import { constantTimeEqual } from './secret'

/** The shape of every BASE64URL(SHA-256) (RFC 7636 §4.2). */
const challengeShape = /^[A-Za-z0-9_-]{43}$/

/** RFC 7636 §4.1. */
const verifierShape = /^[A-Za-z0-9._~-]{43,128}$/

/** Whether a string can be an S256 challenge. */
export const isCodeChallenge = (value: string): boolean => challengeShape.test(value)

/** Whether a string can be a verifier. */
export const isCodeVerifier = (value: string): boolean => verifierShape.test(value)

/** Whether the verifier belongs to the challenge (RFC 7636 §4.6). */
export const verifierMatches = (verifier: string, challenge: string): boolean =>
  constantTimeEqual(createHash('sha256').update(verifier).digest('base64url'), challenge)
