interface Choice {
  readonly value: string
  readonly label: string
}

/** Languages by ISO 639-1 of which this browser knows how they write dates and numbers, each as it calls itself and in English. */
export function languageChoices(): Choice[] {
  const letters = 'abcdefghijklmnopqrstuvwxyz'.split('')
  const codes = letters.flatMap((first) => letters.map((second) => first + second))
  const english = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })
  return Intl.DateTimeFormat.supportedLocalesOf(codes)
    .filter((code) => code.length === 2)
    .flatMap((value) => {
      const name = english.of(value)
      return name === undefined ? [] : [{ value, label: withOwnName(name, value) }]
    })
    .toSorted((one, other) => one.label.localeCompare(other.label, 'en'))
}

function withOwnName(name: string, code: string): string {
  const own = new Intl.DisplayNames(code, { type: 'language' }).of(code)
  return own === undefined || own === name ? name : `${name} · ${own}`
}

/** The time zones that this browser knows, and `kept`, whatever it is. */
export function timeZoneChoices(kept: string): Choice[] {
  const known = Intl.supportedValuesOf('timeZone').map((zone) => newNames.get(zone) ?? zone)
  const zones = new Set(['UTC', kept, ...known])
  return [...zones].map((value) => ({ value, label: value.replaceAll('_', ' ') }))
}

/** Browsers go on telling names by which nobody would look for the place (IANA, file `backward`). */
const newNames: ReadonlyMap<string, string> = new Map([
  ['Africa/Asmera', 'Africa/Asmara'],
  ['America/Godthab', 'America/Nuuk'],
  ['Asia/Calcutta', 'Asia/Kolkata'],
  ['Asia/Katmandu', 'Asia/Kathmandu'],
  ['Asia/Rangoon', 'Asia/Yangon'],
  ['Asia/Saigon', 'Asia/Ho_Chi_Minh'],
  ['Atlantic/Faeroe', 'Atlantic/Faroe'],
  ['Europe/Kiev', 'Europe/Kyiv'],
  ['Pacific/Enderbury', 'Pacific/Kanton'],
  ['Pacific/Ponape', 'Pacific/Pohnpei'],
  ['Pacific/Truk', 'Pacific/Chuuk'],
])

/** Where this browser believes to be. */
export function ownTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}
