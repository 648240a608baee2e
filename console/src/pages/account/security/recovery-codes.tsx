import { Button, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../../client/client.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Section } from '../../../ui/section.tsx'
import { factorsChanged, factorsQuery } from './factors-query.ts'
import { needsProof, ProveAgain } from './prove-again.tsx'
import { ShownCodes } from './shown-codes.tsx'

const few = 3

/** How many codes are left for when no factor is at hand, and new ones. Nothing for whoever has no factor. */
export function RecoveryCodes() {
  const { data } = useQuery(factorsQuery)
  const [isAsking, setAsking] = useState(false)
  if (!data?.data.some(({ confirmedAt }) => confirmedAt !== null)) return null
  const left = data.meta.recoveryCodesLeft
  return (
    <Section
      title="Recovery codes"
      says="Each signs you in once, when your app or passkey is not at hand."
      actions={
        <Button variant="default" onClick={() => setAsking(true)}>
          Make new ones
        </Button>
      }
    >
      <Text size="sm" {...(left <= few ? { c: 'var(--mantine-color-error)', fw: 550 } : {})}>
        {left === 1 ? 'One is left.' : `${left} are left.`} {left <= few && 'Make new ones before they run out.'}
      </Text>
      <MakeDialog isOpen={isAsking} onClose={() => setAsking(false)} />
    </Section>
  )
}

function MakeDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const make = useMutation({ mutationFn: () => client.me.factors.makeRecoveryCodes(), onSuccess: factorsChanged })
  const close = () => {
    make.reset()
    onClose()
  }
  if (make.data !== undefined) {
    return (
      <Dialog opened={isOpen} onClose={close} title="Your new recovery codes" closeOnClickOutside={false}>
        <ShownCodes codes={make.data.recoveryCodes} onDone={close} />
      </Dialog>
    )
  }
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={close}
      title="Make new recovery codes?"
      says="Those that you have stop working at once, wherever you keep them."
      verb="Make new ones"
      onConfirm={() => make.mutate()}
      isPending={make.isPending}
      error={make.error}
    >
      {needsProof(make.error) ? <ProveAgain onProved={() => make.mutate()} /> : undefined}
    </ConfirmDialog>
  )
}
