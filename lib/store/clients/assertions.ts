import 'server-only'
import { isUniqueViolation, prisma } from '@/lib/store/database/database'

/**
 * Takes the id of a client assertion for the first and only time (RFC 7523 §3).
 *
 * @returns `false` when it was taken before
 */
export async function takeAssertion(idHash: string, expiresAt: Date): Promise<boolean> {
  try {
    await (await prisma()).clientAssertion.create({ data: { idHash, expiresAt } })
    return true
  } catch (error) {
    if (isUniqueViolation(error)) return false
    throw error
  }
}
