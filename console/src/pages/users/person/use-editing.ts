import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { tellDone } from '../../../ui/told.ts'
import { changesBetween, type Values } from './merge.ts'
import { type Outcome, type Saving, saveMerging, type Version, type Wanted } from './save-merging.ts'

interface EditingOptions extends Saving {
  /** The record as it is known to be by now. */
  readonly stored: Version
  /** What a field is called. */
  readonly labelOf: (field: string) => string
}

export type Clashing = Extract<Outcome, { kind: 'clash' }>

/**
 * A form over a record that others change, too. What is typed stays until it is saved; as long as nothing is, the form shows what is stored.
 * `clash` is there while somebody has to choose between what they typed and what somebody else saved first.
 */
export function useEditing({ stored, labelOf, ...saving }: EditingOptions) {
  const [base, setBase] = useState(stored)
  const [values, setValues] = useState(stored.values)
  const [edition, setEdition] = useState(0)
  const [fault, setFault] = useState<string | null>(null)
  const [clash, setClash] = useState<Clashing | null>(null)
  const isDirty = fault !== null || changesBetween(base.values, values).size > 0
  const begin = (version: Version) => {
    setBase(version)
    setValues(version.values)
    setFault(null)
    setEdition((one) => one + 1)
  }
  const save = useMutation({
    mutationFn: (wanted: Wanted) => saveMerging(saving, wanted),
    onSuccess: (outcome) => {
      if (outcome.kind === 'clash') {
        setClash(outcome)
        return
      }
      setClash(null)
      begin(outcome.version)
      tellDone(saidOf(outcome.fromThem.map(labelOf)))
    },
  })
  if (stored.etag !== base.etag && !isDirty && !save.isPending && clash === null) begin(stored)
  return {
    values,
    /** Is another one whenever what was typed has given way to what is stored. */
    edition,
    isDirty,
    /** Why it cannot be saved as it was typed. */
    fault,
    clash,
    error: save.error,
    isSaving: save.isPending,
    /** An empty text is nothing. */
    set: (field: string, text: string) => setValues((all) => withField(all, field, text)),
    replace: (typed: Values, wrong: string | null) => {
      setValues(typed)
      setFault(wrong)
    },
    submit: () => isDirty && fault === null && !save.isPending && save.mutate({ from: base, to: values }),
    /** Saves against their version, with what was chosen for each field that both changed. */
    settle: (chosen: Values) =>
      clash !== null && save.mutate({ from: clash.version, to: chosen, fromThem: clash.fromThem }),
    /** Goes back to the form, with everything as it was typed. */
    postpone: () => {
      setClash(null)
      save.reset()
    },
    discard: () => {
      save.reset()
      begin(stored)
    },
  }
}

function withField(values: Values, field: string, text: string): Values {
  const { [field]: _, ...others } = values
  return text === '' ? others : { ...others, [field]: text }
}

function saidOf(fromThem: readonly string[]): string {
  if (fromThem.length === 0) return 'Saved.'
  return `Saved. Somebody else had changed ${fromThem.join(', ')} meanwhile; that stays.`
}
