/* Numbers with units, in words that people say. */

const timeUnits = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

const byteUnits = [
  ['MiB', 1024 ** 2],
  ['KiB', 1024],
] as const

/** “3 days”, “1.5 hours”, “200 milliseconds” */
export function durationInWords(ms: number): string {
  const [unit, length] = timeUnits.find(([, length]) => ms >= length) ?? ['millisecond', 1]
  return counted(ms / length, unit)
}

/** “5 MiB”, “16 KiB”, “12 bytes” */
export function bytesInWords(bytes: number): string {
  const found = byteUnits.find(([, size]) => bytes >= size)
  return found === undefined ? counted(bytes, 'byte') : `${plainNumber(bytes / found[1])} ${found[0]}`
}

/** “one day”, “14 days” */
export function counted(value: number, unit: string): string {
  return `${plainNumber(value)} ${unit}${value === 1 ? '' : 's'}`
}

/** “1,000” */
export function plainNumber(value: number): string {
  return new Intl.NumberFormat('en', { maximumFractionDigits: 2 }).format(value)
}

/** What a setting's value comes to, where its description says what it counts; null where the value says it all. */
export function settingInWords(description: string, value: string): string | null {
  if (!/^\d+$/.test(value)) return null
  const unit = /^(seconds|days|milliseconds|bytes)\b/i.exec(description)?.[1]?.toLowerCase()
  if (unit === 'seconds') return durationInWords(Number(value) * 1000)
  if (unit === 'milliseconds') return durationInWords(Number(value))
  if (unit === 'bytes') return bytesInWords(Number(value))
  if (unit === 'days') return counted(Number(value), 'day')
  return /\bin a minute$/i.test(description) ? `${plainNumber(Number(value))} a minute` : null
}
