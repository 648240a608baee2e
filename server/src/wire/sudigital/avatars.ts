import type { AvatarAddresses } from '../../core/avatars/avatar.ts'
import { type AvatarValues, changeAvatar } from '../../core/avatars/change-avatar.ts'
import { readAvatar } from '../../core/avatars/read-avatar.ts'
import { removeAvatar } from '../../core/avatars/remove-avatar.ts'
import { type Form, form } from '../../core/form.ts'
import { limits } from '../../core/limits.ts'
import type { Fault } from '../../core/refusals.ts'
import { type Answer, json } from '../../http/answer.ts'
import { versionsWanted } from '../../http/conditional.ts'
import type { Call } from '../../http/contract.ts'
import { phrase } from '../../http/phrasebook.ts'
import { represent } from './present.ts'
import { refusals } from './refusals.ts'
import { ownId } from './users.ts'

/** Like the document's own answer; the tag is that of the caller's record, so that the next change can be founded on it. */
export async function uploadAvatar(call: Call): Promise<Answer> {
  const { core, actor, headers, upload } = call
  const asked = { form: readAvatarForm(upload), versions: versionsWanted(headers['if-match']) }
  const changed = await changeAvatar(core, actor, ownId(call), asked)
  if (!changed.ok) return phrase(refusals, changed.refusal)
  const { user, addresses } = changed.value
  const data = { avatar: addresses.large, thumbnails: presentThumbnails(addresses) }
  return json(200, { data }, { etag: represent(user, 'as me').etag })
}

/** The file is in the field `avatar`, and nothing else is in the form. */
function readAvatarForm(upload: Call['upload']): Form<AvatarValues> {
  const { file = null, fields = [] } = upload ?? {}
  const isThere = file?.field === 'avatar'
  const unknown = [...fields, ...(file === null || isThere ? [] : [file.field])]
  const faults = [...new Set(unknown)].map((field): Fault => faultOf(field.slice(0, limits.faultFieldLengthMax)))
  return form(isThere ? { avatar: file.bytes } : {}, faults)
}

function faultOf(field: string): Fault {
  return field === 'avatar' ? { field, flaw: 'wrong_type', expected: 'file' } : { field, flaw: 'unknown_field' }
}

export async function showAvatar(call: Call): Promise<Answer> {
  return showOne(call, call.params.id ?? '')
}

export async function showOwnAvatar(call: Call): Promise<Answer> {
  return showOne(call, ownId(call))
}

async function showOne({ core, actor }: Call, id: string): Promise<Answer> {
  const found = await readAvatar(core, actor, id)
  if (!found.ok) return phrase(refusals, found.refusal)
  const { avatar, addresses, initials } = found.value
  const thumbnails = addresses && presentThumbnails(addresses)
  return json(200, { data: { avatar, thumbnails, initials } }, { 'cache-control': 'private, no-cache' })
}

export async function dropAvatar(call: Call): Promise<Answer> {
  return dropOne(call, call.params.id ?? '')
}

export async function dropOwnAvatar(call: Call): Promise<Answer> {
  return dropOne(call, ownId(call))
}

async function dropOne({ core, actor, headers }: Call, id: string): Promise<Answer> {
  const removed = await removeAvatar(core, actor, id, versionsWanted(headers['if-match']))
  return removed.ok ? json(200, { message: 'Avatar removed successfully' }) : phrase(refusals, removed.refusal)
}

function presentThumbnails({ small, medium }: AvatarAddresses) {
  return { small, medium }
}
