import 'server-only'
import { notFound, redirect } from 'next/navigation'

/** Answers a form by leading to another page of this server. */
export const redirectTo = (path: string): never => redirect(path)

/** Answers as if there were nothing: what is not theirs does not exist for somebody. */
export const answerNotFound = (): never => notFound()
