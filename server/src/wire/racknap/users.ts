import { changeOwnPassword } from '../../core/credentials/change-own-password.ts'
import { createFellow } from '../../core/fellows/create-fellow.ts'
import { deleteFellow } from '../../core/fellows/delete-fellow.ts'
import { listAccessibleOrganizations } from '../../core/fellows/list-accessible-organizations.ts'
import { readFellow } from '../../core/fellows/read-fellow.ts'
import { sendFellowInvitation } from '../../core/fellows/send-fellow-invitation.ts'
import { sendFellowVerification } from '../../core/fellows/send-fellow-verification.ts'
import { setFellowPassword } from '../../core/fellows/set-fellow-password.ts'
import type { Wanted } from '../../core/fellows/sight.ts'
import { updateFellow } from '../../core/fellows/update-fellow.ts'
import { type Form, form } from '../../core/form.ts'
import { limits } from '../../core/limits.ts'
import type { Fault } from '../../core/refusals.ts'
import { type SignUpRules, signUp } from '../../core/users/sign-up.ts'
import { canonical, parseText } from '../../core/users/text.ts'
import { type Answer, json } from '../../http/answer.ts'
import type { Call } from '../../http/contract.ts'
import { compileForm, readForm } from '../../http/forms.ts'
import { phrase } from '../../http/phrasebook.ts'
import {
  done,
  presentAccess,
  presentById,
  presentByName,
  presentCreated,
  presentEdited,
  presentSignedUp,
} from './present.ts'
import { refusals } from './refusals.ts'
import { createBody, editBody, ownPasswordBody, passwordBody, signUpBody } from './schema.ts'

/** The samples of the document pass, and stand on no list. */
export const nobodysName = {
  lengthMin: limits.passwordLengthMin,
  fourKinds: false,
  uncommon: true,
  impersonal: 'as a whole',
} as const

const newUsers: SignUpRules = { rule: nobodysName, reserved: ['signup', 'password', 'profile'] }

const signUpForm = compileForm(signUpBody)
const createForm = compileForm(createBody)
const editForm = compileForm(editBody)
const ownPasswordForm = compileForm(ownPasswordBody)
const passwordForm = compileForm(passwordBody)

export async function signUpHere({ core, actor, body }: Call): Promise<Answer> {
  const signedUp = await signUp(core, actor, withUsernameOfHere(readForm(signUpForm, body ?? {})), newUsers)
  return signedUp.ok ? json(201, presentSignedUp(signedUp.value)) : phrase(refusals, signedUp.refusal)
}

export async function create({ core, actor, body }: Call): Promise<Answer> {
  const created = await createFellow(core, actor, withUsernameOfHere(readForm(createForm, body ?? {})), newUsers)
  return created.ok ? json(201, presentCreated(created.value)) : phrase(refusals, created.refusal)
}

/** All digits: by id. All else: by name. */
export async function read({ core, actor, params }: Call): Promise<Answer> {
  const { id = '' } = params
  const isId = /^\d+$/.test(id)
  const found = await readFellow(core, actor, isId ? numbered(id) : named(id))
  if (!found.ok) return phrase(refusals, found.refusal)
  return json(200, isId ? presentById(found.value) : presentByName(found.value))
}

export async function edit({ core, actor, params, body }: Call): Promise<Answer> {
  const { values, faults } = readForm(editForm, body ?? {})
  const isEmpty = Object.keys(values).length === 0 && faults.length === 0
  const missing: Fault[] = isEmpty ? [{ field: '', flaw: 'missing' }] : []
  const edited = await updateFellow(core, actor, numbered(params.id), form(values, [...faults, ...missing]))
  return edited.ok ? json(200, presentEdited(edited.value)) : phrase(refusals, edited.refusal)
}

export async function remove({ core, actor, params }: Call): Promise<Answer> {
  const deleted = await deleteFellow(core, actor, numbered(params.id))
  return deleted.ok ? json(200, done('User deleted')) : phrase(refusals, deleted.refusal)
}

/** The calling session stays, all others end. */
export async function changePassword({ core, actor, body }: Call): Promise<Answer> {
  const changed = await changeOwnPassword(core, actor, readForm(ownPasswordForm, body ?? {}), nobodysName)
  return changed.ok ? json(200, done('Password updated')) : phrase(refusals, changed.refusal)
}

export async function setPassword({ core, actor, params, body }: Call): Promise<Answer> {
  const asked = { form: readForm(passwordForm, body ?? {}), rule: nobodysName }
  const set = await setFellowPassword(core, actor, numbered(params.id), asked)
  return set.ok ? json(200, done('Password set')) : phrase(refusals, set.refusal)
}

export async function sendVerification({ core, actor, params }: Call): Promise<Answer> {
  const sent = await sendFellowVerification(core, actor, numbered(params.id))
  return sent.ok ? json(200, done('Verification email sent')) : phrase(refusals, sent.refusal)
}

export async function sendInvitation({ core, actor, params }: Call): Promise<Answer> {
  const sent = await sendFellowInvitation(core, actor, numbered(params.id))
  return sent.ok ? json(200, done('Invitation email sent')) : phrase(refusals, sent.refusal)
}

export async function listOrganizations({ core, actor, params }: Call): Promise<Answer> {
  const listed = await listAccessibleOrganizations(core, actor, numbered(params.id))
  if (!listed.ok) return phrase(refusals, listed.refusal)
  return json(200, { organizations: listed.value.map(presentAccess) })
}

/** What is no number, or none that anybody could have, is the id of nobody. */
export function numbered(sent = ''): Wanted {
  const number = /^[1-9]\d{0,15}$/.test(sent) ? Number(sent) : 0
  return { number: Number.isSafeInteger(number) ? number : 0 }
}

/** What cannot be a name is not looked up: it may hold what no database takes. */
function named(sent: string): Wanted {
  const name = parseText(sent, limits.emailLengthMax)
  return 'value' in name ? { name: name.value } : { number: 0 }
}

/** By all digits, or a word of its own paths, nobody could be asked for here. */
function withUsernameOfHere<Values extends { username: string }>({ values, faults }: Form<Values>): Form<Values> {
  const { username } = values as { username?: string }
  const isOfHere =
    username === undefined || !(/^\d+$/.test(username) || newUsers.reserved.includes(canonical(username)))
  return isOfHere ? { values, faults } : { values, faults: [...faults, { field: 'username', flaw: 'bad_username' }] }
}
