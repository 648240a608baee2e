import { arabicAndHebrewCultures } from './demo-names-arabic-hebrew.ts'
import { asianCultures } from './demo-names-asian.ts'
import { cyrillicAndGreekCultures } from './demo-names-cyrillic-greek.ts'
import { latinCultures } from './demo-names-latin.ts'

/**
 * The people of the demo, by culture. Names are parted by blanks, `_` stands for a blank within a name, and what follows a `/` is its
 * spelling in Latin letters; names in Latin letters need none. Families come with their given names where grammar ties the two.
 */
export interface Culture {
  /** ISO 639-1. */
  readonly language: string
  /** Of a hundred people. */
  readonly share: number
  readonly houses: readonly { readonly given: string; readonly family: string }[]
  /** Cities with their IANA zones. */
  readonly places: readonly (readonly [city: string, timezone: string])[]
  readonly bios: readonly string[]
  /** How letters are spelled in addresses, where dropping their marks is not the custom. */
  readonly spelling?: Readonly<Record<string, string>>
}

export const cultures: readonly Culture[] = [
  ...latinCultures,
  ...cyrillicAndGreekCultures,
  ...arabicAndHebrewCultures,
  ...asianCultures,
]
