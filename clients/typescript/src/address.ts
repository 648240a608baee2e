import { UsageError } from './errors.ts'

export type QueryValue = string | number | boolean | Date | readonly string[] | null | undefined

/** The path of an operation with ids put in: each is one segment, and stays one. */
export function pathWith(template: string, ids: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => segment(name, ids[name]))
}

/** Servers and proxies take `.` and `..` for steps even when they are escaped, so they are no ids. */
function segment(name: string, id: unknown): string {
  const isText = typeof id === 'string' && id !== '' && id !== '.' && id !== '..'
  if (!isText || /[\x00-\x1f\x7f]/.test(id) || !id.isWellFormed()) {
    throw new UsageError('INVALID_ARGUMENT', `${name} must be a text that can stand in a path, and is not`)
  }
  return encodeURIComponent(id)
}

/** With its question mark, or empty. */
export function queryOf(query: Readonly<Record<string, QueryValue>> | undefined): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]): [string, string][] => {
    const text = value === null || value === undefined ? null : textOf(name, value)
    return text === null ? [] : [[name, text]]
  })
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`
}

function textOf(name: string, value: Exclude<QueryValue, null | undefined>): string {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw new UsageError('INVALID_ARGUMENT', `${name} is no date`)
    return value.toISOString()
  }
  return Array.isArray(value) ? value.join(',') : String(value)
}
