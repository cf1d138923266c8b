/** Whether PostgreSQL can hold a text: the one character it cannot is in no id that was given out. */
export const isStorable = (text: string): boolean => !text.includes('\u0000')
