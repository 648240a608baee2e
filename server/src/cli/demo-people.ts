import type { Role } from '../core/permissions.ts'
import { type Preferences, type Profile, type Status, themes } from '../core/users/user.ts'
import { type Culture, cultures } from './demo-names.ts'

const threeYearsMs = 3 * 365 * 86_400_000
const adminsMax = 50
const domains = ['example.com', 'example.org', 'example.net'] as const
const usernameMarks = ['.', '_', '-'] as const

/** Letters whose marks do not come off by themselves. */
const unmarkable: Readonly<Record<string, string>> = { ß: 'ss', ł: 'l', đ: 'd', ı: 'i', ø: 'o', æ: 'ae', œ: 'oe' }

/** One of the demo's people; texts are in NFC. */
export interface DemoPerson {
  readonly email: string
  readonly username: string
  readonly firstName: string
  readonly lastName: string
  readonly role: Role
  readonly status: Status
  readonly emailVerified: boolean
  readonly createdAtMs: number
  readonly lastLoginAtMs: number | null
  readonly profile: Profile
  readonly preferences: Partial<Pick<Preferences, 'theme' | 'language' | 'timezone'>>
}

/**
 * Plausible people in many scripts, the same ones for the same question. Created one after the other in the three years before `startAtMs`;
 * no two share an e-mail or a username, ignoring case. One in a hundred is an admin, fifty at most. From `firstNamesake` on those who share a name
 * are numbered; only the very first of them, number 1, goes without.
 */
export function* demoPeople({
  seed,
  count,
  startAtMs,
  firstNamesake = 1,
}: {
  seed: number
  count: number
  startAtMs: number
  firstNamesake?: number
}): Generator<DemoPerson> {
  const below = chanceFrom(seed)
  const stepMs = threeYearsMs / count
  const admins = Math.min(adminsMax, Math.ceil(count / 100))
  const peoplePerAdmin = Math.floor(count / admins)
  const namesakes = new Uint32Array(givenSpellings.size * familySpellings.size)

  for (let index = 0; index < count; index += 1) {
    const culture = pick(peopled, below)
    const house = pick(culture.houses, below)
    const given = pick(house.given, below)
    const family = pick(house.family, below)
    const pair = given.number * familySpellings.size + family.number
    const before = namesakes[pair] ?? 0
    namesakes[pair] = before + 1
    const namesake = firstNamesake + before
    const tail = namesake === 1 ? '' : String(namesake)
    const handle = given.spelling + pick(usernameMarks, below) + family.spelling + tail
    const isAdmin = index % peoplePerAdmin === 0 && index / peoplePerAdmin < admins
    const status = isAdmin ? 'active' : pickStatus(below(100))
    const createdAtMs = startAtMs - threeYearsMs + Math.floor(index * stepMs) + below(Math.max(1, Math.floor(stepMs)))
    const place = pick(culture.places, below)
    yield {
      email: `${given.spelling}.${family.spelling}${tail}@${pick(domains, below)}`,
      username: handle,
      firstName: given.name,
      lastName: family.name,
      role: isAdmin ? 'admin' : below(100) < 9 ? 'viewer' : 'user',
      status,
      emailVerified: status !== 'pending' && below(100) < 97,
      createdAtMs,
      lastLoginAtMs: lastLogin(status, createdAtMs, startAtMs, below),
      profile: profileOf(handle, place[0], culture, below),
      preferences: preferencesOf(place[1], culture, below),
    }
  }
}

/** A whole number from 0 up to, not including, its argument. */
type Chance = (limit: number) => number

function pickStatus(hundredth: number): Status {
  if (hundredth < 85) return 'active'
  return hundredth < 90 ? 'inactive' : 'pending'
}

/** Most people were here lately. */
function lastLogin(status: Status, createdAtMs: number, startAtMs: number, below: Chance): number | null {
  if (status === 'pending' || below(100) >= 92) return null
  const share = below(2 ** 20) / 2 ** 20
  return startAtMs - Math.floor((startAtMs - createdAtMs) * share ** 3)
}

function profileOf(handle: string, location: string, { bios }: Pick<Culture, 'bios'>, below: Chance): Profile {
  const profile: { -readonly [Field in keyof Profile]: Profile[Field] } = {}
  if (below(100) < 25) profile.bio = pick(bios, below)
  if (below(100) < 40) profile.location = location
  if (below(100) < 10) profile.website = `https://example.org/people/${handle}`
  if (below(100) < 12) profile.twitter = `@${handle}`
  if (below(100) < 15) profile.linkedin = `https://example.com/in/${handle}`
  if (below(100) < 10) profile.github = handle
  return profile
}

function preferencesOf(
  timezone: string,
  { language }: Pick<Culture, 'language'>,
  below: Chance,
): DemoPerson['preferences'] {
  const preferences: { -readonly [Field in keyof DemoPerson['preferences']]: DemoPerson['preferences'][Field] } = {}
  if (below(100) < 30) preferences.theme = pick(themes, below)
  if (below(100) < 60) preferences.language = language
  if (below(100) < 50) preferences.timezone = timezone
  return preferences
}

function pick<T>(list: readonly T[], below: Chance): T {
  return list[below(list.length)] as T
}

interface Name {
  readonly name: string
  /** In small letters a to z. */
  readonly spelling: string
  /** Names spelled alike share it. */
  readonly number: number
}

const givenSpellings = new Map<string, number>()
const familySpellings = new Map<string, number>()

/** Each culture as often as its share of a hundred. */
const peopled = cultures.flatMap((culture) => {
  const houses = culture.houses.map(({ given, family }) => ({
    given: readNames(given, culture, givenSpellings),
    family: readNames(family, culture, familySpellings),
  }))
  return Array.from({ length: culture.share }, () => ({ ...culture, houses }))
})

function readNames(list: string, culture: Culture, numbers: Map<string, number>): Name[] {
  return list.split(/\s+/).map((entry) => {
    const [native = '', latin = native] = entry.normalize('NFC').split('/')
    const spelling = spell(latin, culture.spelling ?? {})
    const number = numbers.get(spelling) ?? numbers.size
    numbers.set(spelling, number)
    return { name: native.replaceAll('_', ' '), spelling, number }
  })
}

function spell(latin: string, custom: Readonly<Record<string, string>>): string {
  return latin
    .toLowerCase()
    .replace(/\p{L}/gu, (letter) => custom[letter] ?? unmarkable[letter] ?? letter)
    .normalize('NFD')
    .replace(/[^a-z]/g, '')
}

/** Chris Doty-Humphrey's sfc32: small, fast, and of more than enough quality for people who do not exist. */
function chanceFrom(seed: number): Chance {
  let a = seed | 0
  let b = Math.floor(seed / 2 ** 32) | 0
  let c = 0x2545f491
  let counter = 1
  function next(): number {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return sum >>> 0
  }
  for (let round = 0; round < 15; round += 1) next()
  return (limit) => Math.floor((next() / 2 ** 32) * limit)
}
