import { fillFoldedNames } from '../folded-names.ts'
import type { ColumnTypes, Migration } from './migrations.ts'

/** E-mail and username as they are compared, for the few of which that is more than their ASCII letters in lower case. */
export const foldedNames: Migration = {
  number: 14,
  name: 'folded-names',
  statements: (types: ColumnTypes) => [
    `alter table users add column folded_email ${types.text}`,
    `alter table users add column folded_username ${types.text}`,
  ],
  fill: fillFoldedNames,
}
