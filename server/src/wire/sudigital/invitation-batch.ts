import type { Actor } from '../../core/actor.ts'
import type { Form } from '../../core/form.ts'
import type { InvitationValues } from '../../core/invitations/invite.ts'
import { type InvitationBatchValues, inviteMany, type LineDone } from '../../core/invitations/invite-many.ts'
import { limits } from '../../core/limits.ts'
import type { Fault } from '../../core/refusals.ts'
import { type Answer, json } from '../../http/answer.ts'
import type { Call, Query, ReadBody } from '../../http/contract.ts'
import type { Table, TableLine } from '../../http/csv-body.ts'
import { compileForm, readForm } from '../../http/forms.ts'
import { phrase } from '../../http/phrasebook.ts'
import { readQuery } from '../../http/query.ts'
import { invitationBatchShape, inviteBody } from './invitation-shapes.ts'
import { presentInvitation } from './invitations.ts'
import { errorOf, refusals } from './refusals.ts'

const batchForm = compileForm(invitationBatchShape)
const inviteForm = compileForm(inviteBody)
const columns = Object.keys(inviteBody.properties)

/** What was sent in either form, and where each invitation of it stands. */
interface Sheet {
  readonly form: Form<InvitationBatchValues>
  readonly lines: readonly number[]
}

/** Many invitations in one call. What each answers is what its own route would. */
export async function batch({ core, actor, body, query, table, nowMs }: Call): Promise<Answer> {
  const { form, lines } = table === null ? readList(body, query) : readTable(table, query)
  const done = await inviteMany(core, actor, form)
  if (!done.ok) return phrase(refusals, done.refusal)
  const { dryRun = false } = form.values
  const succeeded = done.value.filter(({ ok }) => ok).length
  const data = done.value.map((one, place) => ({ line: lines[place], ...present(actor, one, nowMs) }))
  return json(200, { data, meta: { succeeded, failed: data.length - succeeded, dryRun } })
}

/** How much of its limit a call takes; one that will be refused for its form takes nothing. */
export function invitationsIn({ body, table }: Pick<ReadBody, 'body' | 'table'>): number {
  const list = typeof body === 'object' && body !== null && 'invitations' in body ? body.invitations : table?.lines
  return Array.isArray(list) && list.length <= limits.invitationsPerBatchMax ? list.length : 0
}

function readList(body: unknown, query: Query): Sheet {
  const { values, faults } = readForm(batchForm, body)
  const invitations = (values.invitations ?? []).map((sent) => readForm(inviteForm, sent))
  const form = { values: { ...values, invitations }, faults: [...readQuery(query, []).faults, ...faults] }
  return { form, lines: invitations.map((_, place) => place + 1) }
}

function readTable({ names, lines }: Table, query: Query): Sheet {
  const asked = readQuery(query, ['dryRun'])
  const { dryRun = 'false' } = asked.values
  const faults: Fault[] = [...asked.faults, ...faultsIn(names)]
  if (dryRun !== 'true' && dryRun !== 'false')
    faults.push({ field: 'dryRun', flaw: 'not_one_of', values: ['true', 'false'] })
  const max = limits.invitationsPerBatchMax
  if (lines.length > max) faults.push({ field: 'invitations', flaw: 'too_many', max })
  const invitations = faults.length > 0 ? [] : lines.map((line) => readLine(names, line))
  return { form: { values: { dryRun: dryRun === 'true', invitations }, faults }, lines: lines.map(({ line }) => line) }
}

/** What stands in the first line is not said back: where it is missing, that line is somebody's. */
function faultsIn(names: readonly string[]): Fault[] {
  const known = columns.filter((column) => names.includes(column))
  const isUnknown = names.some((name) => !columns.includes(name))
  const repeated = known.filter((column) => names.indexOf(column) !== names.lastIndexOf(column))
  return [
    ...(isUnknown ? [{ field: 'column', flaw: 'not_one_of', values: columns } as const] : []),
    ...repeated.map((field): Fault => ({ field, flaw: 'repeated' })),
    ...(known.includes('email') ? [] : [{ field: 'email', flaw: 'missing' } as const]),
  ]
}

/** A cell that is empty was not sent. */
function readLine(names: readonly string[], { cells }: TableLine): Form<InvitationValues> {
  const sent: Record<string, unknown> = {}
  for (const [place, name] of names.entries()) {
    const cell = cells[place] ?? ''
    if (cell !== '') sent[name] = name === 'expiresInDays' ? numberIn(cell) : cell
  }
  const form = readForm(inviteForm, sent)
  const isTooLong = cells.slice(names.length).some((cell) => cell !== '')
  const excess: Fault = { field: 'line', flaw: 'too_many', max: names.length }
  return isTooLong ? { ...form, faults: [excess, ...form.faults] } : form
}

function numberIn(cell: string): number | string {
  return /^\d{1,9}$/.test(cell) ? Number(cell) : cell
}

function present(actor: Actor, done: LineDone, nowMs: number) {
  if (!done.ok) {
    const { error, status } = errorOf(done.refusal)
    return { status, error }
  }
  const { isNew, invited } = done.value
  const status = isNew ? 201 : 200
  return invited === null ? { status } : { status, data: presentInvitation(actor, invited, nowMs) }
}
