import 'server-only'
import { prisma } from '@/lib/store/database/database'

/** The id behind an email address, or `null`. */
export async function userIdByEmail(email: string): Promise<string | null> {
  const user = await (await prisma()).user.findUnique({
    where: { email: email.trim().toLowerCase() },
    select: { id: true },
  })
  return user?.id ?? null
}
