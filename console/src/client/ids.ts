import { ApiError } from '@sudigital/client'

/** Whether something from an address can be the id of a record. */
export function isId(given: unknown): given is string {
  return typeof given === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(given)
}

/** Whether nothing has the id that was asked for, or it is none. */
export function isOfNothing(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 404 || error.details.some(({ field }) => field === 'id'))
}
