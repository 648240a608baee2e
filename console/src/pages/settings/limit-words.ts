import { bytesInWords, counted, durationInWords, plainNumber } from './quantities.ts'

export interface LimitShown {
  readonly name: string
  /** The name in words: “Avatar, at most” */
  readonly label: string
  /** The value with its unit in words. */
  readonly value: string
}

/** Under what a limit stands, by how its name begins; the first that fits. */
const groups: readonly (readonly [string, RegExp])[] = [
  ['Mail and links', /^(mail|notices|lockNotices|setUp|verification|emailChange|passwordReset|link|links)/],
  ['Organizations', /^(organization|members|accessibleOrg|openInvitations)/],
  ['Invitations', /^invitation/],
  ['Batches', /^batch/],
  ['Imports and exports', /^(import|export|timezones|usersExported|csv)/],
  ['API tokens', /^(apiToken|expiredApiTokens|rememberedApiTokens)/],
  [
    'Second factors and passkeys',
    /^(factor|passkey|recovery|code|accountLabel|challenge|secondStep|enrolment|freshSignIn)/,
  ],
  ['Sessions', /^(session|endedSessions|refreshToken|impersonation|useNoted|notedUses|token|rememberedTokens)/],
  ['Pictures', /^(avatar|image|decoder|picture|scan|signature|upload|form)/],
  ['Passwords', /^(password|argon2|bcrypt|scrypt|pbkdf2|phpass|personalPart)/],
  ['Activity and erasure', /^(activity|stats|erasures|swept|purged|exportedAtOnce|requestsUnderWay)/],
  [
    'Lists and search',
    /^(search|page|users|sort|cursor|matches|filter|rememberedTotals|rememberedLetters|listed|cached)/,
  ],
  ['Users', /^(name|username|email|text|bio|attributes)/],
  ['Requests', /^(body|url|path|header|idempotency|discarded|proxy|addresses|fault|remembered|forgotten|userAgent)/],
]

/** Under what it stands on the page. */
export function groupOf(name: string): string {
  return groups.find(([, begins]) => begins.test(name))?.[0] ?? 'The engine'
}

/** In the order of the page. */
export const groupNames: readonly string[] = [
  'Users',
  'Lists and search',
  'Passwords',
  'Sessions',
  'Second factors and passkeys',
  'API tokens',
  'Invitations',
  'Organizations',
  'Mail and links',
  'Pictures',
  'Batches',
  'Imports and exports',
  'Activity and erasure',
  'Requests',
  'The engine',
]

/** The units that a name can end with, without what follows: `mailKeptMs`, `avatarBytesMax`. */
const units: readonly (readonly [RegExp, (value: number) => string])[] = [
  [/Ms(WhileFilling)?$/, durationInWords],
  [/(Bytes|BytesAtOnce)$/, bytesInWords],
  [/Days$/, (value) => counted(value, 'day')],
  [/Length$/, (value) => counted(value, 'character')],
  [/Kib$/, (value) => bytesInWords(value * 1024)],
]

/** A limit in words. Its name says what it limits, and the unit last. */
export function limitInWords(name: string, value: number): LimitShown {
  const bound = /(Max|Min|Default)(?=[A-Z]|$)/.exec(name)?.[1]
  const bare = name.replace(/(Max|Min|Default)(?=[A-Z]|$)/, '')
  const unit = units.find(([ends]) => ends.test(bare))
  const words = bare
    .replace(/(Ms|Bytes|Kib)(?=WhileFilling|AtOnce|$)/, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/\b(api|csv|url)\b/g, (letters) => letters.toUpperCase())
  const shown = unit === undefined ? plainNumber(value) : unit[1](value)
  return { name, label: `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}`, value: withBound(bound, shown) }
}

function withBound(bound: string | undefined, shown: string): string {
  if (bound === 'Max') return `at most ${shown}`
  if (bound === 'Min') return `at least ${shown}`
  return bound === 'Default' ? `${shown} unless said` : shown
}
