import { changeAvatar } from '../../core/avatars/change-avatar.ts'
import { keptAvatar } from '../../core/avatars/read-avatar.ts'
import { removeAvatar } from '../../core/avatars/remove-avatar.ts'
import { readFellow } from '../../core/fellows/read-fellow.ts'
import type { Wanted } from '../../core/fellows/sight.ts'
import { form } from '../../core/form.ts'
import { nobody, type UserId } from '../../core/users/user.ts'
import { type Answer, bytes, empty, json } from '../../http/answer.ts'
import { matchesNoneOf } from '../../http/conditional.ts'
import type { Call } from '../../http/contract.ts'
import { phrase } from '../../http/phrasebook.ts'
import { done, presentImage } from './present.ts'
import { refusals } from './refusals.ts'
import { numbered } from './users.ts'

/** The file is in the field `image`, else it is the first; what else is in the form means nothing. */
export async function uploadImage(call: Call): Promise<Answer> {
  const { core, actor, upload } = call
  const file = upload?.files.find(({ field }) => field === 'image') ?? upload?.file ?? null
  const asked = { form: form(file === null ? {} : { avatar: file.bytes }), versions: null }
  const changed = await changeAvatar(core, actor, ownId(call), asked)
  return changed.ok ? json(201, presentImage(changed.value.user, call)) : phrase(refusals, changed.refusal)
}

export async function dropImage(call: Call): Promise<Answer> {
  const removed = await removeAvatar(call.core, call.actor, ownId(call), null)
  return removed.ok ? json(200, done('Profile image deleted')) : phrase(refusals, removed.refusal)
}

export async function showOwnImage(call: Call): Promise<Answer> {
  return showImage(call, { id: ownId(call) })
}

/** Where `imageUrl` leads: for whoever sees the user. */
export async function showImageOf(call: Call): Promise<Answer> {
  return showImage(call, numbered(call.params.id))
}

async function showImage({ core, actor, headers }: Call, wanted: Wanted): Promise<Answer> {
  const found = await readFellow(core, actor, wanted)
  if (!found.ok) return phrase(refusals, found.refusal)
  const kept = await keptAvatar(core, found.value)
  if (kept === null) return phrase(refusals, { code: 'avatar_not_found' })
  const known = { etag: `"${kept.hash}"`, 'cache-control': 'private, no-cache' }
  if (!matchesNoneOf(headers['if-none-match'], known.etag)) return empty(304, known)
  const picture = await kept.load('large')
  if (picture === null) return phrase(refusals, { code: 'avatar_not_found' })
  const name = { 'content-disposition': 'inline; filename="image.jpg"' }
  return bytes(200, 'image/jpeg', picture, { ...known, ...name })
}

function ownId({ actor }: Call): UserId {
  return actor.kind === 'user' ? actor.id : nobody
}
