/** The numbers in a text that is JSON, as they are written. */
export function numbersIn(json: string): readonly string[] {
  return json.replace(/"(?:[^"\\]|\\.)*"/g, '""').match(/-?\d[\d.e+-]*/gi) ?? []
}

/** Why a number cannot be kept as it is written; null where it can. Whoever reads JSON, the server too, has some sixteen digits of each. */
export function faultOfNumber(written: string): string | null {
  const value = Number(written)
  if (Number.isFinite(value) && spelled(written) === spelled(String(value))) return null
  const shown = written.length > 40 ? `${written.slice(0, 40)}…` : written
  return `A number cannot hold ${shown} exactly. Keep it as text.`
}

/** One spelling for everything that has the same value: its digits, and the place of the point among them. */
function spelled(written: string): string {
  const parts = /^([+-]?)0*(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(written)
  if (parts === null) return written
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts
  const digits = `${whole}${fraction}`.replace(/^0+/, '')
  const significant = digits.replace(/0+$/, '')
  if (significant === '') return '0'
  return `${sign === '-' ? '-' : ''}${significant} ${digits.length - fraction.length + Number(exponent)}`
}
