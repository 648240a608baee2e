/**
 * The body as the product's validator (ajv 6 with `coerceTypes`) sees it: where a string is wanted, numbers and booleans are their text and null
 * is `''`. Lists and objects stay what they are, and are found fault with.
 */
export function coerceScalars(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, coerceScalar(value)]))
}

function coerceScalar(value: unknown): unknown {
  if (value === null) return ''
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
}
