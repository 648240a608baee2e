import type { Refusal, RefusalOf } from '../core/refusals.ts'

/**
 * For contracts in which an id that is none is merely nobody's: what else is wrong with the request is said before that, and the caller is told
 * what they asked for.
 */
export function asAsked<R extends Refusal>(refusal: R, wanted: string): R | RefusalOf<'user_not_found'> {
  const notFound: RefusalOf<'user_not_found'> = { code: 'user_not_found', wanted }
  if (refusal.code === 'user_not_found') return notFound
  if (refusal.code !== 'invalid') return refusal
  const faults = refusal.faults.filter(({ flaw }) => flaw !== 'bad_id')
  return faults.length === 0 ? notFound : { ...refusal, faults }
}
