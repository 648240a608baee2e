import { createHash } from 'node:crypto'
import { followAvatarLink, type ShownAvatar } from '../core/avatars/read-avatar.ts'
import { type Answer, bytes, empty, type Headers } from './answer.ts'
import { matchesNoneOf } from './conditional.ts'
import { type Call, type Contract, get } from './contract.ts'
import { drawInitials } from './initials.ts'
import { phrase } from './phrasebook.ts'
import { plainRefusals } from './plain-refusals.ts'

/** Where people's pictures are to be had, at the root whatever is mounted: the address itself is the key. */
export const avatarsContract: Contract = {
  name: 'avatars',
  mount: '/',
  owns: 'routes',
  refusals: plainRefusals,
  routes: [get('/avatars/:name', show, { needs: 'nobody', answers: [200, 304, 404], summary: "A user's picture" })],
}

const daysKept = 30

/** A name may be another one tomorrow. */
const forNow = { 'cache-control': 'private, max-age=300' }

/** For a page of any site, as a picture and nothing else; kept by browsers alone, since caches for many would go on showing what was taken away. */
const always: Headers = {
  'cache-control': `private, max-age=${daysKept * 24 * 3600}, immutable`,
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'cross-origin',
}

async function show({ core, params, headers }: Call): Promise<Answer> {
  const found = await followAvatarLink(core, params.name ?? '')
  if (!found.ok) return phrase(plainRefusals, { code: 'no_such_route' })
  const shown = found.value
  const fields = { etag: tagOf(shown), ...always, ...(shown.shows === 'initials' && forNow) }
  if (!matchesNoneOf(headers['if-none-match'], fields.etag)) return empty(304, fields)
  const { type, file, body } = await load(shown)
  if (body === null) return phrase(plainRefusals, { code: 'no_such_route' })
  return bytes(200, type, body, { ...fields, 'content-disposition': `inline; filename="${file}"` })
}

function tagOf(shown: ShownAvatar): string {
  const content = shown.shows === 'picture' ? `${shown.size} ${shown.kept.hash}` : `${shown.userId} ${shown.initials}`
  return `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`
}

async function load(shown: ShownAvatar): Promise<{ type: string; file: string; body: Uint8Array | null }> {
  if (shown.shows === 'picture')
    return { type: 'image/jpeg', file: 'avatar.jpg', body: await shown.kept.load(shown.size) }
  const drawn = drawInitials(shown.userId, shown.initials)
  return { type: 'image/svg+xml; charset=utf-8', file: 'avatar.svg', body: Buffer.from(drawn) }
}
