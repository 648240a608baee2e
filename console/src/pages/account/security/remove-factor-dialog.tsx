import type { Factor } from '@sudigital/client'
import { useMutation } from '@tanstack/react-query'
import { client } from '../../../client/client.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { tellDone } from '../../../ui/told.ts'
import { useLast } from '../use-last.ts'
import { factorsChanged } from './factors-query.ts'
import { needsProof, ProveAgain } from './prove-again.tsx'

interface RemoveFactorDialogProps {
  readonly factor: Factor | null
  readonly isLast: boolean
  readonly onClose: () => void
}

/** Takes a factor off the account. */
export function RemoveFactorDialog({ factor, isLast, onClose }: RemoveFactorDialogProps) {
  const remove = useMutation({
    mutationFn: ({ id }: Factor) => client.me.factors.remove(id),
    onSuccess: (_, { name }) => {
      onClose()
      tellDone(`“${name}” is removed.`)
      return factorsChanged()
    },
  })
  const shown = useLast(factor)
  const close = () => {
    remove.reset()
    onClose()
  }
  return (
    <ConfirmDialog
      isOpen={factor !== null}
      onClose={close}
      title={`Remove “${shown?.name ?? ''}”?`}
      says={saysOf(shown, isLast)}
      verb="Remove"
      onConfirm={() => factor !== null && remove.mutate(factor)}
      isPending={remove.isPending}
      error={remove.error}
    >
      {needsProof(remove.error) && factor !== null ? <ProveAgain onProved={() => remove.mutate(factor)} /> : undefined}
    </ConfirmDialog>
  )
}

function saysOf(factor: Factor | null, isLast: boolean): string {
  if (factor?.confirmedAt === null) return 'It was never confirmed, so it guards nothing.'
  if (isLast) return 'It is your last: your password alone lets anybody in then. Your recovery codes go with it.'
  return 'It does not sign you in any more. Your other factors stay.'
}
