import { houseRule, type PasswordRule } from '../core/credentials/password-rule.ts'
import type { Contract } from '../http/contract.ts'
import { contracts } from './contracts.ts'
import type { Settings } from './settings.ts'

/** A mounted contract that takes passwords the house would refuse. */
export interface LooserDoor {
  readonly contract: string
  readonly rule: PasswordRule
}

/** The doors at which a weaker password passes than the house contract lets pass; none while the house's floor holds everywhere. */
export function looserDoors(
  { mounts, passwordFloor }: Pick<Settings, 'mounts' | 'passwordFloor'>,
  known: Readonly<Record<string, Pick<Contract, 'passwordRule'>>> = contracts,
): LooserDoor[] {
  if (passwordFloor === 'house') return []
  const open = Object.entries<string | null>(mounts).filter(([, path]) => path !== null)
  return open.flatMap(([contract]) => {
    const rule = known[contract]?.passwordRule
    return rule !== undefined && isLooser(rule) ? [{ contract, rule }] : []
  })
}

function isLooser({ lengthMin, fourKinds, uncommon, impersonal }: PasswordRule): boolean {
  const gives = (house: boolean, here: boolean) => house && !here
  return (
    lengthMin < houseRule.lengthMin ||
    gives(houseRule.fourKinds, fourKinds) ||
    gives(houseRule.uncommon, uncommon) ||
    gives(houseRule.impersonal === true, impersonal === true)
  )
}
