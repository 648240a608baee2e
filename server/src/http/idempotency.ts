import { createHash } from 'node:crypto'
import { actorId } from '../core/actor.ts'
import { limits } from '../core/limits.ts'
import type { Eventually } from '../core/outcome.ts'
import type { KnownRequest } from '../core/ports.ts'
import { once } from '../core/requests/once.ts'
import type { Answer } from './answer.ts'
import type { Call, Route } from './contract.ts'
import { type ProblemBook, phrase } from './phrasebook.ts'

/**
 * Has a call take effect once, however often it is sent with the same `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header), without
 * the handler knowing. A key is good for one caller and one route; what is sent under it for the second time has to be the same.
 */
export function handleOnce(
  call: Call,
  { method, path, handle }: Route,
  { name, refusals }: { readonly name: string; readonly refusals: ProblemBook },
): Eventually<Answer> {
  const { actor, bytes, upload, core, params } = call
  const key = call.headers['idempotency-key']
  if (key === undefined || actor.kind !== 'user') return handle(call)
  if (typeof key !== 'string' || !visible.test(key) || key.length > limits.idempotencyKeyLengthMax) {
    return phrase(refusals, { code: 'bad_idempotency_key', max: limits.idempotencyKeyLengthMax })
  }
  const request: KnownRequest = {
    caller: actor.id,
    name: digestOf([actor.id, actorId(actor) ?? '', name, method, path, key]),
    digest: digestOf([...Object.entries(params).flat(), [...call.query].join('&'), ...sentWith(upload, bytes)]),
  }
  return once(core, request, (core) => handle({ ...call, core })).then((done) =>
    done.ok ? done.value : phrase(refusals, done.refusal),
  )
}

/** Whoever sends a form again may have drawn its boundary anew. */
function sentWith(upload: Call['upload'], bytes: Uint8Array | null): (string | Uint8Array)[] {
  if (upload === null) return [bytes ?? '']
  const { file, fields } = upload
  return [...fields, ...(file === null ? [] : [file.field, file.bytes])]
}

const visible = /^[\x21-\x7e]+$/

/** Each part with its length, so that no two lists of parts are the same text. */
function digestOf(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part)
  return hash.digest('base64url')
}
