import { houseRule, type PasswordRule } from '../core/credentials/password-rule.ts'
import type { ContractName, Settings } from './settings.ts'

/** What each contract asks of a new password; null where it takes none. */
const passwordRules: Readonly<Record<ContractName, PasswordRule | null>> = {
  sudigital: houseRule,
  'express-gateway': null,
}

/** A mounted contract that takes passwords the house would refuse. */
export interface LooserDoor {
  readonly contract: string
  readonly rule: PasswordRule
}

/** The doors at which a weaker password passes than the house contract lets pass; none while the house's floor holds everywhere. */
export function looserDoors(
  { mounts, passwordFloor }: Pick<Settings, 'mounts' | 'passwordFloor'>,
  rules: Readonly<Record<string, PasswordRule | null>> = passwordRules,
): LooserDoor[] {
  if (passwordFloor === 'house') return []
  const open = Object.entries<string | null>(mounts).filter(([, path]) => path !== null)
  return open.flatMap(([contract]) => {
    const rule = rules[contract] ?? null
    return rule !== null && isLooser(rule) ? [{ contract, rule }] : []
  })
}

function isLooser({ lengthMin, fourKinds, uncommon, impersonal }: PasswordRule): boolean {
  const gives = (house: boolean, here: boolean) => house && !here
  return (
    lengthMin < houseRule.lengthMin ||
    gives(houseRule.fourKinds, fourKinds) ||
    gives(houseRule.uncommon, uncommon) ||
    gives(houseRule.impersonal, impersonal)
  )
}
