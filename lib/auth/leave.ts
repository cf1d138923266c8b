import 'server-only'
import { notFound, redirect } from 'next/navigation'

/** Redirects a form to another page of this server. */
export const redirectTo = (path: string): never => redirect(path)

/** Answers 404: what belongs to other people does not exist for this one. */
export const answerNotFound = (): never => notFound()
