import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { tellDone } from '../ui/told.ts'
import { changesBetween, type Values } from './merge.ts'
import { type Outcome, type Saving, saveMerging, type Version, type Wanted } from './save-merging.ts'

interface EditingOptions extends Saving {
  /** The record as it is known to be by now. */
  readonly stored: Version
  /** What a field is called. */
  readonly labelOf: (field: string) => string
}

export type Clashing = Extract<Outcome, { kind: 'clash' }>

interface Submitted {
  readonly wanted: Wanted
  /** What stood in the form when it was sent. */
  readonly form: Values
}

/**
 * A form over a record that others change, too. What is typed stays until it is saved; as long as nothing is, the form shows what is stored.
 * `clash` is there while somebody has to choose between what they typed and what somebody else saved first.
 */
export function useEditing({ stored, labelOf, ...saving }: EditingOptions) {
  const [base, setBase] = useState(stored)
  const [values, setValues] = useState(stored.values)
  const [edition, setEdition] = useState(0)
  const [fault, setFault] = useState<string | null>(null)
  const [clash, setClash] = useState<(Clashing & { readonly typed: Values }) | null>(null)
  const isDirty = fault !== null || changesBetween(base.values, values).size > 0
  const typed = useRef({ values, fault })
  typed.current = { values, fault }
  const begin = (version: Version) => {
    setBase(version)
    setValues(version.values)
    setFault(null)
    setEdition((one) => one + 1)
  }
  const save = useMutation({
    mutationFn: ({ wanted }: Submitted) => saveMerging(saving, wanted),
    onSuccess: (outcome, { wanted: { from }, form }) => {
      if (outcome.kind === 'clash') {
        setClash({ ...outcome, typed: form })
        return
      }
      setClash(null)
      const { values, fault } = typed.current
      if (fault === null && changesBetween(form, values).size === 0) begin(outcome.version)
      // What was typed meanwhile stays. Under a version that is over, what others changed is brought together with it when it is saved.
      else setBase({ ...outcome.version, values: form, etag: from.etag })
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
    submit: () =>
      isDirty && fault === null && !save.isPending && save.mutate({ wanted: { from: base, to: values }, form: values }),
    /** Saves against their version, with what was chosen for each field that both changed. */
    settle: (chosen: Values) =>
      clash !== null &&
      save.mutate({ wanted: { from: clash.version, to: chosen, fromThem: clash.fromThem }, form: clash.typed }),
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
