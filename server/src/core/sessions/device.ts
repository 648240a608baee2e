/** In this order: most programs claim to be those below them, too. */
const programs: readonly (readonly [name: string, mark: RegExp])[] = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\b(?:OPR|OPiOS|Opera)\b/],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|CriOS)\//],
  ['Safari', /\bSafari\//],
]

const systems: readonly (readonly [name: string, mark: RegExp])[] = [
  ['iOS', /\b(?:iPhone|iPad|iPod)\b/],
  ['Android', /\bAndroid\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac(?:intosh|OS| OS X)\b/],
  ['Linux', /\bLinux\b/],
]

/**
 * “Firefox on Windows”, “curl”: what people know a device by, from the `User-Agent` that it claims (RFC 9110, section 10.1.5). Anybody can claim to
 * be anything, so this is for recognising one's own, never for a decision. Null when it says nothing.
 */
export function deviceOf(userAgent: string | null): string | null {
  if (userAgent === null) return null
  const program = nameIn(programs, userAgent) ?? firstProduct(userAgent)
  const system = nameIn(systems, userAgent)
  return program === null || system === null ? (program ?? system) : `${program} on ${system}`
}

function nameIn(names: typeof programs, userAgent: string): string | null {
  return names.find(([, mark]) => mark.test(userAgent))?.[0] ?? null
}

/** The product that comes first; every browser calls itself Mozilla. */
function firstProduct(userAgent: string): string | null {
  const name = /^[A-Za-z][\w.+-]{0,39}(?=[/ ]|$)/.exec(userAgent)?.[0] ?? null
  return name === 'Mozilla' ? null : name
}
