import type { CastName } from '../../../server/test/cast.ts'
import type { World } from '../../../server/test/world.ts'

/** Gives what differs from one run to the next a name that stays, in the order in which it shows: the same steps lead to the same text. */
export interface Names {
  /** Names in place of values. */
  hide(text: string): string
  /** Values in place of names. */
  reveal(text: string): string
}

const kinds: readonly { readonly shape: RegExp; readonly name: (at: number) => string }[] = [
  { shape: /eyJ[\w-]+\.[\w-]+\.[\w-]+/g, name: (at) => `access-token-${at}` },
  { shape: /(?<="refreshToken":")[\w-]+(?=")/g, name: (at) => `refresh-token-${at}` },
  { shape: /(?<="challenge":\{"id":")[\w-]+(?=")/g, name: (at) => `challenge-${at}` },
  { shape: /roster_[0-9A-Za-z]+/g, name: (at) => `roster_token${at}` },
  { shape: /(?<="next":")[\w.~-]+(?=")/g, name: (at) => `cursor-${at}` },
  { shape: /(?<=\\?"\d+-)[\w-]{22}(?=\\?")/g, name: (at) => `tag-${at}` },
  { shape: /(?<=\.)[0-9a-f]{32}(?=[._])/g, name: (at) => at.toString(16).padStart(32, '0') },
  {
    shape: /(?!01900000)[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g,
    name: (at) => `0198c0de-7000-7000-8000-${at.toString(16).padStart(12, '0')}`,
  },
]

/** The people of the cast have tokens by name from the beginning: `token-of-ada`. */
export async function openNames(world: World): Promise<Names> {
  const nameOf = new Map<string, string>()
  const valueNamed = new Map<string, string>()
  const know = (value: string, name: string) => {
    nameOf.set(value, name)
    valueNamed.set(name, value)
  }
  for (const person of ['ada', 'grace', 'linus'] satisfies CastName[])
    know(await world.token(person), `token-of-${person}`)
  know(world.url, 'http://roster.test')
  const counts = kinds.map(() => 0)
  const hideKnown = (text: string) => [...nameOf].reduce((told, [value, name]) => told.replaceAll(value, name), text)
  return {
    hide: (text) =>
      kinds.reduce(
        (told, { shape, name }, kind) =>
          told.replace(shape, (value) => {
            if (valueNamed.has(value)) return value
            const known = nameOf.get(value)
            if (known !== undefined) return known
            counts[kind] = (counts[kind] ?? 0) + 1
            const fresh = name(counts[kind])
            know(value, fresh)
            return fresh
          }),
        hideKnown(text),
      ),
    reveal: (text) => [...valueNamed].reduce((told, [name, value]) => told.replaceAll(name, value), text),
  }
}
