import type { Mutation } from './mutation'

/** The variable that says, in a copy with mutations, which of them is on. */
export const switchVariable = 'PORTICO_MUTATION'

/** A file of what ships, or would. */
export type Source = { readonly path: string; readonly text: string }

type Edit = Mutation & { readonly path: string; readonly from: number; readonly to: string }
type Group = { readonly outer: Edit; readonly inner: readonly Edit[] }

const lengthOf = (edit: Edit): number => (edit.of ?? edit.in).length
const endOf = (edit: Edit): number => edit.from + lengthOf(edit)

function placesOf(text: string, part: string): number[] {
  const places: number[] = []
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) places.push(at)
  return places
}

/** Where a mutation applies, or why it does not. */
function locate(mutation: Mutation, sources: readonly Source[]): Edit | string {
  const { name, in: context, of = context } = mutation
  const found = sources.flatMap(({ path, text }) =>
    placesOf(text, context).map((at) => ({ path, at })),
  )
  const [place] = found
  if (!place || found.length > 1) {
    const where = found.map(({ path }) => path).join(', ') || 'nowhere'
    return `mutation "${name}": its code is to be there once, and is ${where}`
  }
  const [inside, another] = placesOf(context, of)
  if (inside === undefined || another !== undefined) {
    return `mutation "${name}": what it changes is not in its code, or twice`
  }
  return { ...mutation, path: place.path, from: place.at + inside }
}

/** Edits of one file, in order, those inside of another with it. @throws {Error} where two cross */
function groupsOf(edits: readonly Edit[]): Group[] {
  const groups: { outer: Edit; inner: Edit[] }[] = []
  for (const edit of edits.toSorted((a, b) => a.from - b.from || lengthOf(b) - lengthOf(a))) {
    const last = groups.at(-1)
    if (!last || endOf(last.outer) <= edit.from) groups.push({ outer: edit, inner: [] })
    else if (endOf(edit) <= endOf(last.outer)) last.inner.push(edit)
    else throw new Error(`mutations "${last.outer.name}" and "${edit.name}" cross`)
  }
  return groups
}

/** One expression for an original and its alternatives. It begins with a name, as ASI wants it. */
function switched(text: string, { outer, inner }: Group): string {
  const original = text.slice(outer.from, endOf(outer))
  const alternatives = [outer, ...inner].map((edit) => {
    const before = text.slice(outer.from, edit.from)
    const after = text.slice(endOf(edit), endOf(outer))
    const isOn = `process.env.${switchVariable} === ${JSON.stringify(edit.name)}`
    return `${isOn} ? (${before}${edit === outer ? edit.to : `(${edit.to})`}${after}) : `
  })
  return `Array.of(${alternatives.join('')}(${original}))[0]`
}

/**
 * The files that mutations change, with all of them in and none on: each is an alternative of the
 * expression that it changes, chosen by {@link switchVariable} when it is evaluated. So one build does
 * for all of them.
 *
 * @throws {Error} where one does not apply
 */
export function withMutations(
  mutations: readonly Mutation[],
  sources: readonly Source[],
): readonly Source[] {
  const found = mutations.map((mutation) => locate(mutation, sources))
  const problems = found.filter((one) => typeof one === 'string')
  if (problems.length > 0) throw new Error(problems.join('\n'))
  const edits = found.filter((one) => typeof one !== 'string')
  return sources.flatMap(({ path, text }) => {
    const groups = groupsOf(edits.filter((edit) => edit.path === path))
    if (groups.length === 0) return []
    const changed = groups.reduceRight(
      (so, group) =>
        so.slice(0, group.outer.from) + switched(text, group) + so.slice(endOf(group.outer)),
      text,
    )
    return [{ path, text: changed }]
  })
}
