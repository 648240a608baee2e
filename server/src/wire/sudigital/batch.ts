import type { Form } from '../../core/form.ts'
import { limits } from '../../core/limits.ts'
import type { Fault } from '../../core/refusals.ts'
import type { NewUserValues } from '../../core/users/create-user.ts'
import { type BatchValues, type Done, type Operation, runBatch } from '../../core/users/run-batch.ts'
import type { WantedVersions } from '../../core/users/versions.ts'
import { type Answer, json } from '../../http/answer.ts'
import { versionsWanted } from '../../http/conditional.ts'
import type { Call } from '../../http/contract.ts'
import { compileForm, readForm } from '../../http/forms.ts'
import { phrase } from '../../http/phrasebook.ts'
import { presentDeleted, presentUser } from './present.ts'
import { errorOf, refusals } from './refusals.ts'
import { batchCreateBody, batchShape, operationShape } from './schema.ts'
import { readChangeForm } from './users.ts'

const batchForm = compileForm(batchShape)
const operationForm = compileForm(operationShape)
const createForm = compileForm(batchCreateBody)

/** Many operations in one call. What each answers is what its own route would. */
export async function batch({ core, actor, body }: Call): Promise<Answer> {
  const { values, faults } = readForm(batchForm, body)
  const operations = (values.operations ?? []).map(readOperation)
  const form: Form<BatchValues> = { values: { ...values, operations }, faults }
  const done = await runBatch(core, actor, form)
  if (!done.ok) return phrase(refusals, done.refusal)
  const succeeded = done.value.filter(({ ok }) => ok).length
  const data = done.value.map((one, place) => present(one, operations[place]?.op))
  return json(200, { data, meta: { succeeded, failed: data.length - succeeded } })
}

/** How much of its limit a call takes; one that will be refused for its form takes nothing. */
export function operationsIn({ body }: Pick<Call, 'body'>): number {
  const list = typeof body === 'object' && body !== null && 'operations' in body ? body.operations : null
  return Array.isArray(list) && list.length <= limits.batchOperationsMax ? list.length : 0
}

/** What an operation may hold besides `op`. */
const holds: Readonly<Record<Exclude<Operation['op'], 'unknown'>, readonly string[]>> = {
  create: ['body'],
  update: ['id', 'ifMatch', 'body'],
  delete: ['id', 'ifMatch'],
  restore: ['id'],
}

function readOperation(sent: unknown): Operation {
  const { values, faults: met } = readForm(operationForm, sent)
  const { op, id: wanted = '', ifMatch, body } = values
  if (op === undefined) return { op: 'unknown', faults: met }
  const stray = ['id', 'ifMatch', 'body'].filter(
    (key) => Object.hasOwn(sent as object, key) && !holds[op].includes(key),
  )
  const known = met.filter(
    ({ field, flaw }) => flaw === 'unknown_field' || (field !== 'id' && holds[op].includes(field)),
  )
  const faults: Fault[] = [...known, ...stray.map((field): Fault => ({ field, flaw: 'unknown_field' }))]
  const versions = readVersions(ifMatch)
  switch (op) {
    case 'create':
      return { op, form: withFaults(readForm(createForm, body) as Form<NewUserValues>, faults) }
    case 'update':
      return { op, wanted, versions, form: withFaults(readChangeForm(body), faults) }
    case 'delete':
      return { op, wanted, versions, faults }
    case 'restore':
      return { op, wanted, faults }
  }
}

function withFaults<Values extends object>(form: Form<Values>, faults: readonly Fault[]): Form<Values> {
  return faults.length === 0 ? form : { ...form, faults: [...faults, ...form.faults] }
}

/** What one would send as `If-Match`, or the number of a version. */
function readVersions(ifMatch: string | number | undefined): WantedVersions {
  return typeof ifMatch === 'number' ? [ifMatch] : versionsWanted(ifMatch)
}

function present(done: Done, op: Operation['op'] | undefined) {
  if (!done.ok) {
    const { error, status } = errorOf(done.refusal)
    return { status, error }
  }
  if (op === 'delete') return { status: 200, data: presentDeleted(done.value) }
  return { status: op === 'create' ? 201 : 200, data: presentUser(done.value) }
}
