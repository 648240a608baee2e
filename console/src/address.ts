type Given = Record<string, unknown>

/** Reads of an address what `keys` may say. The router keeps whatever it is told nothing of, so what makes no sense is told to be undefined. */
export function reading<Search extends object>(
  keys: readonly (keyof Search & string)[],
  read: (given: Given) => Search,
): (given: Given) => Search {
  const nothing = Object.fromEntries(keys.map((key) => [key, undefined]))
  return (given) => ({ ...nothing, ...read(given) })
}
