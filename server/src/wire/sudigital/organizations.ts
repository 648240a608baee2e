import { createOrganization } from '../../core/organizations/create-organization.ts'
import { deleteOrganization } from '../../core/organizations/delete-organization.ts'
import { listMembers } from '../../core/organizations/list-members.ts'
import { listOrganizations, listOrganizationsOf } from '../../core/organizations/list-organizations.ts'
import type { Member, Membership, Organization } from '../../core/organizations/organization.ts'
import { putMember } from '../../core/organizations/put-member.ts'
import { readOrganization } from '../../core/organizations/read-organization.ts'
import { removeMember } from '../../core/organizations/remove-member.ts'
import { updateOrganization } from '../../core/organizations/update-organization.ts'
import type { Page } from '../../core/users/page.ts'
import { type Answer, empty, json, jsonText } from '../../http/answer.ts'
import { entityTag, matchesNoneOf, versionsWanted } from '../../http/conditional.ts'
import type { Call } from '../../http/contract.ts'
import { compileForm, readForm } from '../../http/forms.ts'
import { phrase } from '../../http/phrasebook.ts'
import { readQuery } from '../../http/query.ts'
import { memberBody, newOrganizationBody, organizationChangeBody } from './organization-shapes.ts'
import { instant } from './present.ts'
import { refusals } from './refusals.ts'
import { ownId } from './users.ts'

const newForm = compileForm(newOrganizationBody)
const changeForm = compileForm(organizationChangeBody)
const memberForm = compileForm(memberBody)

const privately = { 'cache-control': 'private, no-cache' }

export async function listAll({ core, actor, query }: Call): Promise<Answer> {
  const listed = await listOrganizations(core, actor, readQuery(query, ['page', 'limit']))
  return listed.ok ? pageAnswer(listed.value, presentOrganization) : phrase(refusals, listed.refusal)
}

export async function listOwn(call: Call): Promise<Answer> {
  return listFor(call, ownId(call))
}

export async function listOf(call: Call): Promise<Answer> {
  return listFor(call, call.params.id ?? '')
}

async function listFor({ core, actor, query }: Call, id: string): Promise<Answer> {
  const listed = await listOrganizationsOf(core, actor, id, readQuery(query, ['page', 'limit']))
  return listed.ok ? pageAnswer(listed.value, presentMembership) : phrase(refusals, listed.refusal)
}

export async function create({ core, actor, body, mount }: Call): Promise<Answer> {
  const created = await createOrganization(core, actor, readForm(newForm, body))
  if (!created.ok) return phrase(refusals, created.refusal)
  const { text, etag } = representation(created.value)
  return jsonText(201, text, { location: `${mount}/api/organizations/${created.value.id}`, etag })
}

/** Permission first: no tag tells anything to whoever may not read it. */
export async function read({ core, actor, params, headers }: Call): Promise<Answer> {
  const found = await readOrganization(core, actor, params.id ?? '')
  if (!found.ok) return phrase(refusals, found.refusal)
  const { text, etag } = representation(found.value)
  const isKnown = headers['if-none-match'] !== undefined && !matchesNoneOf(headers['if-none-match'], etag)
  return isKnown ? empty(304, { etag, ...privately }) : jsonText(200, text, { etag, ...privately })
}

export async function change({ core, actor, params, body, headers }: Call): Promise<Answer> {
  const asked = { form: readForm(changeForm, body), versions: versionsWanted(headers['if-match']) }
  const changed = await updateOrganization(core, actor, params.id ?? '', asked)
  if (!changed.ok) return phrase(refusals, changed.refusal)
  const { text, etag } = representation(changed.value)
  return jsonText(200, text, { etag })
}

export async function remove({ core, actor, params, headers }: Call): Promise<Answer> {
  const deleted = await deleteOrganization(core, actor, params.id ?? '', versionsWanted(headers['if-match']))
  if (!deleted.ok) return phrase(refusals, deleted.refusal)
  return json(200, { message: 'Organization deleted successfully', deletedAt: instant(deleted.value.deletedAtMs) })
}

export async function listMembersOf({ core, actor, params, query }: Call): Promise<Answer> {
  const listed = await listMembers(core, actor, params.id ?? '', readQuery(query, ['page', 'limit', 'role']))
  return listed.ok ? pageAnswer(listed.value, presentMember) : phrase(refusals, listed.refusal)
}

export async function put({ core, actor, params, body }: Call): Promise<Answer> {
  const wanted = { organization: params.id ?? '', user: params.userId ?? '' }
  const done = await putMember(core, actor, wanted, readForm(memberForm, body))
  if (!done.ok) return phrase(refusals, done.refusal)
  return json(done.value.isNew ? 201 : 200, { data: presentMember(done.value.member) })
}

export async function takeOut({ core, actor, params }: Call): Promise<Answer> {
  const removed = await removeMember(core, actor, { organization: params.id ?? '', user: params.userId ?? '' })
  if (!removed.ok) return phrase(refusals, removed.refusal)
  return json(200, { message: 'Member removed successfully', removedAt: instant(removed.value.removedAtMs) })
}

function pageAnswer<Item>({ items, page, limit, total }: Page<Item>, present: (item: Item) => object): Answer {
  return json(200, { data: items.map(present), meta: { page, limit, total } }, privately)
}

function representation(organization: Organization): { text: string; etag: string } {
  const text = JSON.stringify({ data: presentOrganization(organization) })
  return { text, etag: entityTag(organization.version, text) }
}

function presentOrganization({ id, number, name, slug, createdAtMs, updatedAtMs }: Organization) {
  return { id, number, name, slug, createdAt: instant(createdAtMs), updatedAt: instant(updatedAtMs) }
}

export function presentMembership({ organization: { id, number, name, slug }, role, sinceMs }: Membership) {
  return { id, number, name, slug, role, since: instant(sinceMs) }
}

function presentMember({ user, role, sinceMs }: Member) {
  const { id: userId, number, email, firstName, lastName, status } = user
  return { userId, number, email, firstName, lastName, status, role, since: instant(sinceMs) }
}
