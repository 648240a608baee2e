import { eraseAgain } from '../core/erasures/erase-again.ts'
import type { Outcome } from '../core/outcome.ts'
import type { Core } from '../core/ports.ts'
import type { SessionId } from '../core/sessions/session.ts'
import type { UserId } from '../core/users/user.ts'
import type { TokenDesk } from './tokens.ts'

/** Stands in a directory from the instant it is restored until what a backup must not bring back is gone. */
export const restoredFact = 'restored'

/** What is left to do of a restore. */
export interface RestoredTail {
  /** Who was erased since, here or elsewhere. */
  readonly erased: readonly UserId[]
  readonly keepApiTokens: boolean
}

/**
 * Does what is left of a restore, before anybody is served: whoever was erased is erased again, and what could let somebody in is over. Whatever
 * breaks it off, the next start does all of it.
 */
export async function finishRestore(core: Core, tokens: Pick<TokenDesk, 'revoke'>): Promise<void> {
  const kept = await core.directory.facts.valueOf(restoredFact)
  if (kept === null) return
  const { erased, keepApiTokens } = JSON.parse(kept) as RestoredTail
  await eraseAgain(core, erased)
  let after: SessionId | null = null
  do {
    const ended: Outcome<{ after: SessionId | null }, never> = await core.commit('end-restored-access', {
      after,
      keepApiTokens,
    })
    after = ended.ok ? ended.value.after : null
  } while (after !== null)
  // Keys that were revoked since, as after one has leaked, are back as well.
  await tokens.revoke()
  await core.commit('keep-fact', { name: restoredFact, value: null })
}
