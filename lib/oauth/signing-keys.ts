import {
  CompactEncrypt,
  calculateJwkThumbprint,
  compactDecrypt,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from 'jose'
import { accessTokenAlgorithm } from './access-token'

/** A stored key pair: the public half in the clear, the private half encrypted. */
export type SealedKey = {
  /** JWK thumbprint (RFC 7638), the `kid` */
  readonly id: string
  readonly algorithm: string
  readonly publicJwk: Readonly<Record<string, unknown>>
  readonly privateJwkEncrypted: string
}

/** Generates a key pair. @param encryptionKey 256 bits */
export async function generateSigningKey(encryptionKey: Uint8Array): Promise<SealedKey> {
  const { publicKey, privateKey } = await generateKeyPair(accessTokenAlgorithm, {
    extractable: true,
  })
  const publicJwk = await exportJWK(publicKey)
  const id = await calculateJwkThumbprint(publicJwk)
  const plain = new TextEncoder().encode(JSON.stringify(await exportJWK(privateKey)))
  const privateJwkEncrypted = await new CompactEncrypt(plain)
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(encryptionKey)
  return {
    id,
    algorithm: accessTokenAlgorithm,
    publicJwk: { ...publicJwk, kid: id, use: 'sig', alg: accessTokenAlgorithm },
    privateJwkEncrypted,
  }
}

/**
 * Decrypts the private half of a stored key.
 *
 * @throws {Error} when it was encrypted with another secret
 */
export async function openSigningKey(
  sealed: SealedKey,
  encryptionKey: Uint8Array,
): Promise<CryptoKey> {
  const { plaintext } = await compactDecrypt(sealed.privateJwkEncrypted, encryptionKey)
  const jwk = JSON.parse(new TextDecoder().decode(plaintext)) as JWK
  return (await importJWK(jwk, sealed.algorithm)) as CryptoKey
}

/** Imports the public half, for verification. */
export const importPublicKey = async (
  publicJwk: Readonly<Record<string, unknown>>,
  algorithm: string,
): Promise<CryptoKey> => (await importJWK(publicJwk as JWK, algorithm)) as CryptoKey
