import { hashPassword } from '@/lib/auth/passwords'
import type { Role } from '@/lib/vocabulary'
import { admin } from '../server/portico-process'
import type { Credentials } from './operator'

/** A user with another role than the first admin's, if {@link storedPeople} are stored. */
export const personOf = (role: Role): Credentials => ({
  email: `${role}@portico.test`,
  password: admin.password,
})

const insert = (role: Role, email: string, hash: string): string => `
  insert into "User" ("id", "email", "role", "passwordHash")
    values ('user_${role}', '${email}', '${role}', '${hash}')`

/**
 * SQL that inserts the first admin, whom a server creates only while there are no users, and a user
 * of each of these roles, with the same password.
 */
export async function storedPeople(...roles: readonly Exclude<Role, 'admin'>[]): Promise<string[]> {
  const hash = await hashPassword(admin.password)
  const others = roles.map((role) => insert(role, personOf(role).email, hash))
  return [insert('admin', admin.email, hash), ...others]
}
