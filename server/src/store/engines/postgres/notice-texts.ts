import type { UserId } from '../../../core/users/user.ts'

/** What nodes say to each other. Node names and ids hold neither colons, commas nor blanks. */
export const channels = { changes: 'roster_changes', beats: 'roster_beats', acknowledgements: 'roster_acks' } as const

export type Who = readonly UserId[] | 'everybody'

/** Of who was changed by one commit. It takes several when there are many ids; `remaining` of the last is 0. */
export interface Change {
  readonly node: string
  readonly notice: number
  readonly remaining: number
  readonly who: Who
}

/** A notice carries less than 8000 bytes (documentation of NOTIFY), an id takes 37. */
const idsPerNoticeMax = 200
/** Naming more people than this costs more than forgetting everybody. */
const idsPerCommitMax = 2_000

export function writeChanges(node: string, notice: number, ids: readonly UserId[]): string[] {
  if (ids.length > idsPerCommitMax) return [`${node}:${notice}:0:*`]
  const parts = inParts(ids, idsPerNoticeMax)
  return parts.map((part, at) => `${node}:${notice}:${parts.length - 1 - at}:${part.join(',')}`)
}

/** Null when this is none of ours. */
export function readChange(payload: string): Change | null {
  const [, node, notice, remaining, who] = /^([\w-]+):(\d+):(\d+):(\*|[\da-f,-]+)$/.exec(payload) ?? []
  if (node === undefined || who === undefined) return null
  const ids = who === '*' ? 'everybody' : (who.split(',') as UserId[])
  return { node, notice: Number(notice), remaining: Number(remaining), who: ids }
}

export type Beat = { readonly node: string; readonly beat: number | 'farewell' }

export function writeBeat({ node, beat }: Beat): string {
  return `${node}:${beat}`
}

export function readBeat(payload: string): Beat | null {
  const [, node, beat] = /^([\w-]+):(\d+|farewell)$/.exec(payload) ?? []
  if (node === undefined) return null
  return { node, beat: beat === 'farewell' ? beat : Number(beat) }
}

/** A change, as the node that heard of it refers to it. */
export type Reference = Pick<Change, 'node' | 'notice'>

const referencesPerNoticeMax = 200

export function writeAcknowledgements(node: string, heard: readonly Reference[]): string[] {
  return inParts(heard, referencesPerNoticeMax).map(
    (part) => `${node}=${part.map((change) => `${change.node}:${change.notice}`).join(',')}`,
  )
}

/** Which of `ownNode`'s notices the sender has heard. */
export function readAcknowledgement(payload: string, ownNode: string): { node: string; notices: number[] } | null {
  const [, node, references] = /^([\w-]+)=([\w:,-]+)$/.exec(payload) ?? []
  if (node === undefined || references === undefined) return null
  const pairs = references.split(',').map((reference) => reference.split(':'))
  return { node, notices: pairs.filter(([origin]) => origin === ownNode).map(([, notice]) => Number(notice)) }
}

function inParts<T>(items: readonly T[], sizeMax: number): T[][] {
  const parts: T[][] = []
  for (let from = 0; from < items.length; from += sizeMax) parts.push(items.slice(from, from + sizeMax))
  return parts
}
