import { houseRule } from '../../core/credentials/password-rule.ts'
import type { Form } from '../../core/form.ts'
import type { Fault } from '../../core/refusals.ts'
import { createUser } from '../../core/users/create-user.ts'
import { deleteUser } from '../../core/users/delete-user.ts'
import type { UserChangeValues } from '../../core/users/read-changes.ts'
import { readUser } from '../../core/users/read-user.ts'
import { restoreUser } from '../../core/users/restore-user.ts'
import { unlockUser } from '../../core/users/unlock-user.ts'
import { updateUser } from '../../core/users/update-user.ts'
import { type Answer, empty, json, jsonText } from '../../http/answer.ts'
import { matchesNoneOf, versionsWanted } from '../../http/conditional.ts'
import type { Call } from '../../http/contract.ts'
import { compileForm, readForm } from '../../http/forms.ts'
import { phrase } from '../../http/phrasebook.ts'
import { readQuery } from '../../http/query.ts'
import { pickFields, readFields } from './fields.ts'
import { readNewPassword } from './new-password.ts'
import { presentDeleted, presentUser, type Representation, represent, representation } from './present.ts'
import { refusals } from './refusals.ts'
import { createBody, notUpdatable, updateBody } from './schema.ts'

const createForm = compileForm(createBody)
const updateForm = compileForm(updateBody)

const privately = { 'cache-control': 'private, max-age=300' }

export async function create({ core, actor, body, mount }: Call): Promise<Answer> {
  const created = await createUser(core, actor, readNewPassword(readForm(createForm, body), 'password'), houseRule)
  if (!created.ok) return phrase(refusals, created.refusal)
  const { etag } = represent(created.value, 'by id')
  const location = `${mount}/api/users/${created.value.id}`
  return json(201, { data: presentUser(created.value) }, { location, etag })
}

export async function read(call: Call): Promise<Answer> {
  return readOne(call, call.params.id ?? '', 'by id')
}

export async function readMe(call: Call): Promise<Answer> {
  return readOne(call, ownId(call), 'as me')
}

/** Permission first: nobody's tag tells anything to whoever may not read them. */
async function readOne({ core, actor, query, headers }: Call, id: string, asked: 'by id' | 'as me'): Promise<Answer> {
  const found = await readUser(core, actor, id)
  if (!found.ok) return phrase(refusals, found.refusal)
  const user = found.value
  let shown: Representation
  if (query.size === 0) shown = represent(user, asked)
  else {
    const { fields, faults } = readFields(query, asked)
    const unknown = readQuery(query, ['fields']).faults
    if (faults.length + unknown.length > 0)
      return phrase(refusals, { code: 'invalid', faults: [...unknown, ...faults] })
    shown = fields === null ? represent(user, asked) : representation(user, pickFields(user, fields, asked))
  }
  const { text, etag } = shown
  const isKnown = headers['if-none-match'] !== undefined && !matchesNoneOf(headers['if-none-match'], etag)
  return isKnown ? empty(304, { etag, ...privately }) : jsonText(200, text, { etag, ...privately })
}

export async function update(call: Call): Promise<Answer> {
  return updateOne(call, call.params.id ?? '', 'by id')
}

export async function updateMe(call: Call): Promise<Answer> {
  return updateOne(call, ownId(call), 'as me')
}

/** The answer carries the tag that a reading would: the next change can be founded on it. */
async function updateOne(call: Call, id: string, asked: 'by id' | 'as me'): Promise<Answer> {
  const { core, actor, body, headers } = call
  const form = readChangeForm(body)
  const updated = await updateUser(core, actor, id, { form, versions: versionsWanted(headers['if-match']) })
  if (!updated.ok) return phrase(refusals, updated.refusal)
  const { text, etag } = represent(updated.value, asked)
  return asked === 'as me' ? jsonText(200, text, { etag }) : json(200, { data: presentUser(updated.value) }, { etag })
}

/** Tells a field that nobody may set from one that does not exist. */
export function readChangeForm(body: unknown): Form<UserChangeValues> {
  const form = readForm(updateForm, body) as Form<UserChangeValues>
  const faults = form.faults.map(
    (fault): Fault =>
      fault.flaw === 'unknown_field' && notUpdatable.has(fault.field)
        ? { field: fault.field, flaw: 'not_updatable' }
        : fault,
  )
  return { ...form, faults }
}

export async function remove({ core, actor, params, headers }: Call): Promise<Answer> {
  const versions = versionsWanted(headers['if-match'])
  const deleted = await deleteUser(core, actor, params.id ?? '', { versions, finality: 'restorable' })
  if (!deleted.ok) return phrase(refusals, deleted.refusal)
  return json(200, presentDeleted(deleted.value))
}

export async function restore({ core, actor, params }: Call): Promise<Answer> {
  const restored = await restoreUser(core, actor, params.id ?? '')
  if (!restored.ok) return phrase(refusals, restored.refusal)
  return json(200, { data: presentUser(restored.value) }, { etag: represent(restored.value, 'by id').etag })
}

export async function unlock({ core, actor, params }: Call): Promise<Answer> {
  const unlocked = await unlockUser(core, actor, params.id ?? '')
  if (!unlocked.ok) return phrase(refusals, unlocked.refusal)
  const { wasLocked } = unlocked.value
  return json(200, { message: wasLocked ? 'User unlocked successfully' : 'User was not locked', wasLocked })
}

export function ownId({ actor }: Call): string {
  return actor.kind === 'user' ? actor.id : ''
}
