import type { Preferences } from '@sudigital/client'
import { createContext, useContext, useMemo } from 'react'

/** Numbers and times as somebody prefers them. Instants are ISO 8601, as on the wire. */
export interface Formats {
  number(value: number): string
  /** “22 November 2026” */
  date(instant: string): string
  /** “22 Nov 2026, 19:30” */
  time(instant: string): string
  /** “3 minutes ago”, or “in 7 days” */
  ago(instant: string): string
}

/** What somebody prefers, as far as the browser knows it. */
export function localeFor({ language, timezone }: Pick<Preferences, 'language' | 'timezone'>) {
  return {
    locale: known(() => new Intl.Locale(language).toString()) ?? 'en',
    timeZone: known(() => new Intl.DateTimeFormat('en', { timeZone: timezone }).resolvedOptions().timeZone) ?? 'UTC',
  }
}

export function formatsFor(preferences: Pick<Preferences, 'language' | 'timezone'>): Formats {
  const { locale, timeZone } = localeFor(preferences)
  const number = new Intl.NumberFormat(locale)
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone })
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  return {
    number: (value) => number.format(value),
    date: (instant) => date.format(new Date(instant)),
    time: (instant) => time.format(new Date(instant)),
    ago: (instant) => {
      const seconds = (Date.parse(instant) - Date.now()) / 1000
      const [unit, length] = units.find(([, least]) => Math.abs(seconds) >= least) ?? ['second', 1]
      const count = seconds / length
      return relative.format(count > 0 ? Math.round(count) : Math.trunc(count), unit)
    },
  }
}

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

const PreferencesContext = createContext<Pick<Preferences, 'language' | 'timezone'>>({
  language: 'en',
  timezone: 'UTC',
})
export const FormatsProvider = PreferencesContext.Provider

/** Formats as whoever is signed in prefers them. */
export function useFormats(): Formats {
  const { language, timezone } = useContext(PreferencesContext)
  const key = `${language} ${timezone}`
  if (latest?.key !== key) latest = { key, formats: formatsFor({ language, timezone }) }
  return latest.formats
}

/** They are slow to make, and a table asks for them in each of its cells. */
let latest: { readonly key: string; readonly formats: Formats } | null = null

/** Language and time zone as whoever is signed in prefers them. */
export function useLocale(): ReturnType<typeof localeFor> {
  const { language, timezone } = useContext(PreferencesContext)
  return useMemo(() => localeFor({ language, timezone }), [language, timezone])
}

function known(read: () => string): string | null {
  try {
    return read()
  } catch {
    return null
  }
}
