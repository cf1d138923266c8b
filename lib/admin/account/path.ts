/** Where people manage their own accounts. */
export const accountPath = '/account'
