/** Whether something from an address can be the id of a record. */
export function isId(given: unknown): given is string {
  return typeof given === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(given)
}
