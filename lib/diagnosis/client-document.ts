const fetchProblem =
  /^(answered \d+|took too long|could not be fetched|is larger than|\S+ (cannot be resolved|resolves to)|has a port|was asked for too often|is not (https|application\/json|JSON))/

/** Whether a client metadata document was refused because it could not be had, and not for what it says. */
export const isFetchProblem = (reason: string): boolean => fetchProblem.test(reason)
