import { notifyManager, useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { tellDone } from '../ui/told.ts'
import type { Values } from './merge.ts'
import { type Outcome, type Saving, saveMerging, type Version, type Wanted } from './save-merging.ts'
import { differ, isChanged, newEdition, typedSince, withField } from './typed.ts'
import { useForm } from './use-form.ts'

interface EditingOptions extends Saving {
  /** The record as it is known to be by now. */
  readonly stored: Version
  /** What a field is called. */
  readonly labelOf: (field: string) => string
  /** The name under which what is typed is kept for whoever leaves the page and comes back; without one, leaving loses it. */
  readonly keptAs?: string
}

export type Clashing = Extract<Outcome, { kind: 'clash' }>
export type Editing = ReturnType<typeof useEditing>

interface Submitted {
  readonly wanted: Wanted
  /** What stood in the form when it was sent. */
  readonly form: Values
}

/**
 * A form over a record that others change, too. What is typed stays until it is saved, also what is typed while that is under way; as long as nothing is,
 * the form shows what is stored. `clash` is there while somebody has to choose between what they typed and what somebody else saved first.
 */
export function useEditing({ stored, labelOf, keptAs, ...saving }: EditingOptions) {
  const { shown, saveKey, isSaving, type, goOn, begin } = useForm({ stored, keptAs })
  const { base, values, fault, edition } = shown
  const [clash, setClash] = useState<(Clashing & Pick<Submitted, 'form'>) | null>(null)
  const save = useMutation({
    mutationKey: saveKey,
    mutationFn: ({ wanted }: Submitted) => saveMerging(saving, wanted),
    onSuccess: (outcome, { form }) => {
      if (outcome.kind === 'clash') return setClash({ ...outcome, form })
      setClash(null)
      // In the queue behind what was read, so that it is here when the form shows it.
      notifyManager.schedule(() => goOn((typed) => typedSince(form, typed, outcome)))
      tellDone(saidOf(outcome.fromThem.map(labelOf)))
    },
  })
  const isDirty = isSaving || isChanged(shown)
  const sent = isSaving ? save.variables?.form : base.values
  return {
    values,
    edition,
    isDirty,
    fault,
    clash,
    error: save.error,
    isSaving,
    isKept: keptAs !== undefined,
    /** Whether there is something that can be taken back: nothing that is on its way. */
    mayDiscard: sent !== undefined && (fault !== null || differ(sent, values)),
    set: (field: string, text: string) => type(({ values }) => ({ values: withField(values, field, text) })),
    replace: (values: Values, fault: string | null) => type(() => ({ values, fault })),
    submit: () =>
      isChanged(shown) &&
      fault === null &&
      !isSaving &&
      save.mutate({ wanted: { from: base, to: values }, form: values }),
    /** Saves against their version, with what was chosen for each field that both changed. */
    settle: (chosen: Values) =>
      clash !== null &&
      save.mutate({ wanted: { from: clash.version, to: chosen, fromThem: clash.fromThem }, form: clash.form }),
    /** Goes back to the form, with everything as it was typed. */
    postpone: () => {
      setClash(null)
      save.reset()
    },
    /** Takes back what was typed; while it is saved, what was typed since. */
    discard: () => {
      if (isSaving) return sent && type(() => ({ values: sent, fault: null, edition: newEdition() }))
      save.reset()
      begin()
    },
  }
}

function saidOf(fromThem: readonly string[]): string {
  if (fromThem.length === 0) return 'Saved.'
  return `Saved. Somebody else had changed ${fromThem.join(', ')} meanwhile; that stays.`
}
