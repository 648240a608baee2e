import { addPasskey, offerPasskey } from '../../core/factors/add-passkey.ts'
import { confirmTotp, enrolTotp } from '../../core/factors/enrol-totp.ts'
import type { Factor } from '../../core/factors/factor.ts'
import { type FactorPage, listFactors } from '../../core/factors/list-factors.ts'
import { type AddedFactor, makeRecoveryCodes } from '../../core/factors/recovery-codes.ts'
import { removeFactor, removeOwnFactor } from '../../core/factors/remove-factor.ts'
import { type Answer, json } from '../../http/answer.ts'
import type { Call } from '../../http/contract.ts'
import { compileForm, readForm } from '../../http/forms.ts'
import { phrase } from '../../http/phrasebook.ts'
import { readQuery } from '../../http/query.ts'
import { confirmationBody, passkeyBody, passkeyOfferBody, totpBody } from './factor-schema.ts'
import { instant } from './present.ts'
import { refusals } from './refusals.ts'
import { ownId } from './users.ts'

const totpForm = compileForm(totpBody)
const confirmationForm = compileForm(confirmationBody)
const offerForm = compileForm(passkeyOfferBody)
const passkeyForm = compileForm(passkeyBody)

export async function listMine(call: Call): Promise<Answer> {
  return listOf(call, ownId(call))
}

export async function listTheirs(call: Call): Promise<Answer> {
  return listOf(call, call.params.id ?? '')
}

async function listOf({ core, actor, query }: Call, id: string): Promise<Answer> {
  const listed = await listFactors(core, actor, id, readQuery(query, ['page', 'limit']))
  return listed.ok ? presentPage(listed.value) : phrase(refusals, listed.refusal)
}

export async function enrolApp({ core, actor, body }: Call): Promise<Answer> {
  const enrolled = await enrolTotp(core, actor, readForm(totpForm, body ?? {}))
  if (!enrolled.ok) return phrase(refusals, enrolled.refusal)
  const { factor, secret, uri, qr } = enrolled.value
  return json(200, { data: { factor: presentFactor(factor), secret, uri, qr } })
}

export async function confirmApp({ core, actor, body }: Call): Promise<Answer> {
  const confirmed = await confirmTotp(core, actor, readForm(confirmationForm, body))
  return confirmed.ok ? presentAdded(confirmed.value) : phrase(refusals, confirmed.refusal)
}

export async function passkeyOffer({ core, actor, body }: Call): Promise<Answer> {
  const offered = await offerPasskey(core, actor, readForm(offerForm, body ?? {}))
  return offered.ok ? json(200, { data: offered.value }) : phrase(refusals, offered.refusal)
}

export async function newPasskey({ core, actor, body }: Call): Promise<Answer> {
  const added = await addPasskey(core, actor, readForm(passkeyForm, body))
  return added.ok ? presentAdded(added.value) : phrase(refusals, added.refusal)
}

export async function newRecoveryCodes({ core, actor }: Call): Promise<Answer> {
  const made = await makeRecoveryCodes(core, actor)
  return made.ok ? json(200, { data: { recoveryCodes: made.value } }) : phrase(refusals, made.refusal)
}

export async function removeMine({ core, actor, params }: Call): Promise<Answer> {
  const removed = await removeOwnFactor(core, actor, params.fid ?? '')
  return removed.ok ? done : phrase(refusals, removed.refusal)
}

export async function removeTheirs({ core, actor, params }: Call): Promise<Answer> {
  const removed = await removeFactor(core, actor, { user: params.id ?? '', factor: params.fid ?? '' })
  return removed.ok ? done : phrase(refusals, removed.refusal)
}

const done = json(200, { message: 'Factor removed successfully' })

function presentPage({ items, page, limit, total, recoveryCodesLeft }: FactorPage): Answer {
  const meta = { page, limit, total, recoveryCodesLeft }
  return json(200, { data: items.map(presentFactor), meta }, { 'cache-control': 'private, no-cache' })
}

function presentAdded({ factor, recoveryCodes }: AddedFactor): Answer {
  return json(200, { data: { factor: presentFactor(factor), recoveryCodes } })
}

export function presentFactor({ id, kind, name, createdAtMs, confirmedAtMs, lastUsedAtMs }: Factor) {
  const orNull = (ms: number | null) => (ms === null ? null : instant(ms))
  return {
    id,
    kind,
    name,
    createdAt: instant(createdAtMs),
    confirmedAt: orNull(confirmedAtMs),
    lastUsedAt: orNull(lastUsedAtMs),
  }
}
