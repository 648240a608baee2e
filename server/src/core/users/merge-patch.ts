/**
 * JSON merge patch (RFC 7396): objects merge deeply, null removes a key, anything else replaces. Keys keep their order, new ones come last;
 * `__proto__` is a key like any other.
 */
export function mergePatch<T extends object>(target: T, patch: object): T {
  if (Object.keys(patch).length === 0) return target
  const merged = new Map<string, unknown>(Object.entries(target))
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key)
    else if (isObject(value)) merged.set(key, mergePatch(asObject(merged.get(key)), value))
    else if (value !== undefined) merged.set(key, value)
  }
  return Object.fromEntries(merged) as T
}

function asObject(value: unknown): object {
  return isObject(value) ? value : {}
}

function isObject(value: unknown): value is object {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
