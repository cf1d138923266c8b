/**
 * A value that exists once per process. Next bundles routes, pages and instrumentation separately,
 * each with its own copy of every module; they share only `globalThis`.
 *
 * @param make is called on the first use of the name
 */
export function processWide<Value>(name: string, make: () => Value): Value {
  const held = globalThis as { __porticoHeld?: Map<string, unknown> }
  held.__porticoHeld ??= new Map()
  if (!held.__porticoHeld.has(name)) held.__porticoHeld.set(name, make())
  return held.__porticoHeld.get(name) as Value
}
