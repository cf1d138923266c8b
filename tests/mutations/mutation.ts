import type { RequirementId } from '../requirements'

/** A behaviour that is taken away, by one expression made another. */
export type Mutation = {
  /** what is wrong then, in a few words; no two have the same */
  readonly name: string
  /** requirements that do not hold then: a test that cites one of them must fail */
  readonly breaks: readonly RequirementId[]
  /** text that stands exactly once in what ships, in whichever file */
  readonly in: string
  /** the expression, once in `in`; all of it unless said */
  readonly of?: string
  /** what stands in its place */
  readonly to: string
}
