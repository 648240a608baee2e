import type { Verdict } from './run.ts'

/** A refusal as batches and imports tell it. */
interface Told {
  readonly code: string
  readonly message: string
  readonly details?: readonly { readonly field: string; readonly message: string }[] | undefined
}

/** Why a line was refused, in a sentence or a few. */
export function wordsFor({ code, message, details = [] }: Told): string {
  if (code === 'EMAIL_ALREADY_EXISTS') return 'Somebody has this address already.'
  if (code === 'USERNAME_ALREADY_EXISTS') return 'Somebody has this username already.'
  if (details.length === 0) return sentence(message)
  return [...new Set(details.map((detail) => sentence(detail.message)))].join(' ')
}

/** What became of each line of a batch, in order. */
export function verdictsOf(answers: readonly object[]): Verdict[] {
  return answers.map((one) => ('error' in one ? wordsFor(one.error as Told) : null))
}

function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`
}
