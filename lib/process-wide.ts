/**
 * A value there is one of in the process. Routes, pages and instrumentation are separate bundles
 * with a copy of each module; `globalThis` is what they share.
 *
 * @param make is called the first time the name is asked for
 */
export function processWide<Value>(name: string, make: () => Value): Value {
  const held = globalThis as { __porticoHeld?: Map<string, unknown> }
  held.__porticoHeld ??= new Map()
  if (!held.__porticoHeld.has(name)) held.__porticoHeld.set(name, make())
  return held.__porticoHeld.get(name) as Value
}
