import type { User } from '@/lib/store/people/users'

/** The signed-in user. */
export type Operator = Readonly<Pick<User, 'id' | 'email' | 'name' | 'role'>>
