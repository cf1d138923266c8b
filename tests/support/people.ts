import type { Role } from '@/lib/store/users'
import type { Credentials } from './operator'
import { admin } from './portico-process'

/** Who signs in with a role other than the first admin's, once {@link insertPerson} was run. */
export const personOf = (role: Role): Credentials => ({
  email: `${role}@portico.test`,
  password: admin.password,
})

/** SQL that adds a person of a role, with the password of the first admin. */
export const insertPerson = (role: Role): string => `
  insert into "User" ("id", "email", "role", "passwordHash")
    select 'user_${role}', '${personOf(role).email}', '${role}', "passwordHash"
      from "User" where "email" = '${admin.email}'`

/** SQL that gives a person of {@link insertPerson} another role. */
export const changeRole = (from: Role, to: Role): string =>
  `update "User" set "role" = '${to}' where "id" = 'user_${from}'`
