import { limits } from '../limits.ts'
import { type Role, roles } from '../permissions.ts'
import { type Parsed, parseLines, parseText } from './text.ts'
import { type Attributes, type Json, type ProfileField, type Status, statuses, themes } from './user.ts'

export function parseName(sent: string): Parsed<string> {
  const text = parseText(sent, limits.nameLengthMax)
  if ('value' in text && text.value === '') return { flaw: { flaw: 'blank' } }
  return text
}

export function parseRole(sent: string): Parsed<Role> {
  return oneOf(roles, sent)
}

export function parseStatus(sent: string): Parsed<Status> {
  return oneOf(statuses, sent)
}

export function parseTheme(sent: string): Parsed<(typeof themes)[number]> {
  return oneOf(themes, sent)
}

/** http and https only; kept as written. */
export function parseUrl(sent: string): Parsed<string> {
  const text = parseText(sent, limits.urlLengthMax)
  if ('flaw' in text) return text
  return /^https?:\/\/[^\s]+$/iu.test(text.value) && URL.canParse(text.value) ? text : { flaw: { flaw: 'bad_url' } }
}

export function parseProfileField(field: ProfileField, sent: string): Parsed<string> {
  switch (field) {
    case 'bio':
      return parseLines(sent, limits.bioLengthMax)
    case 'website':
      return parseUrl(sent)
    case 'twitter':
    case 'linkedin':
    case 'github':
      return hasScheme(sent) ? parseUrl(sent) : parseText(sent, limits.textLengthMax)
    case 'location':
      return parseText(sent, limits.textLengthMax)
  }
}

/** A name on a service, or the address of a page there: trimmed as it will be kept, so that no blank hides a scheme. */
function hasScheme(sent: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/iu.test(sent.trim())
}

/** Years of four digits by UTC, since instants are answered with no others. */
export const earliestMs = Date.parse('0000-01-01T00:00:00.000Z')
const latestMs = Date.parse('9999-12-31T23:59:59.999Z')

/** An ISO 8601 date, or date and time; without an offset it is UTC. */
export function parseInstant(sent: string): Parsed<number> {
  const form = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:\d{2})?)?$/
  const match = form.exec(sent)
  if (match === null) return { flaw: { flaw: 'bad_instant' } }
  const [, date, time = '00:00', offset = 'Z'] = match
  const ms = Date.parse(`${date}T${time}${offset}`)
  const isRealDay = date !== undefined && isCalendarDay(date)
  const isInstant = isRealDay && ms >= earliestMs && ms <= latestMs
  return isInstant ? { value: ms } : { flaw: { flaw: 'bad_instant' } }
}

function isCalendarDay(date: string): boolean {
  const ms = Date.parse(`${date}T00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date)
}

/** ISO 639-1. */
export function parseLanguage(sent: string): Parsed<string> {
  return languages.has(sent) ? { value: sent } : { flaw: { flaw: 'bad_language' } }
}

/** IANA, as this runtime knows them; kept as written. */
export function parseTimezone(sent: string): Parsed<string> {
  if (sent.length > limits.textLengthMax || !/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(sent))
    return { flaw: { flaw: 'bad_timezone' } }
  if (timezonesMet.has(sent)) return { value: sent }
  try {
    new Intl.DateTimeFormat('en', { timeZone: sent })
  } catch {
    return { flaw: { flaw: 'bad_timezone' } }
  }
  if (timezonesMet.size < limits.timezonesRememberedMax) timezonesMet.add(sent)
  return { value: sent }
}

/** To ask the runtime costs more than all else that is read of a user. */
const timezonesMet = new Set<string>()

/** One JSON object: bounded in bytes, keys and depth; text without lone surrogates or NUL. */
export function parseAttributes(sent: { readonly [key: string]: Json }): Parsed<Attributes> {
  const text = JSON.stringify(sent)
  if (utf8Length(text) > limits.attributesBytesMax) {
    return { flaw: { flaw: 'too_long', max: limits.attributesBytesMax, length: utf8Length(text) } }
  }
  if (Object.keys(sent).length > limits.attributesKeysMax) {
    return { flaw: { flaw: 'too_many', max: limits.attributesKeysMax } }
  }
  if (depthOf(sent) > limits.attributesDepthMax) return { flaw: { flaw: 'too_deep', max: limits.attributesDepthMax } }
  return holdsForbidden(sent) ? { flaw: { flaw: 'forbidden_characters' } } : { value: sent }
}

export function oneOf<Value extends string>(values: readonly Value[], sent: string): Parsed<Value> {
  const value = values.find((known) => known === sent)
  return value === undefined ? { flaw: { flaw: 'not_one_of', values } } : { value }
}

function depthOf(value: Json): number {
  if (value === null || typeof value !== 'object') return 0
  return 1 + Math.max(0, ...Object.values(value).map(depthOf))
}

function holdsForbidden(value: Json): boolean {
  if (typeof value === 'string') return !value.isWellFormed() || value.includes('\0')
  if (value === null || typeof value !== 'object') return false
  return Object.entries(value).some(
    ([key, inner]) => key === '__proto__' || holdsForbidden(key) || holdsForbidden(inner),
  )
}

function utf8Length(text: string): number {
  let bytes = 0
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  }
  return bytes
}

const languages: ReadonlySet<string> = new Set(
  (
    'aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu ' +
    'fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ' +
    'ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os ' +
    'pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ' +
    'ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu'
  ).split(' '),
)
