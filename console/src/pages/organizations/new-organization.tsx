import { Button, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { client } from '../../client/client.ts'
import { faultsByField } from '../../client/words.ts'
import { Dialog, DialogEnd } from '../../ui/dialog.tsx'
import { useDraft } from '../../ui/draft.ts'
import { Refused } from '../../ui/states.tsx'
import { tellDone } from '../../ui/told.ts'

const empty = { name: '', slug: '' }

/** Asks what a new organization is called. */
export function NewOrganization({ onClose }: { readonly onClose: () => void }) {
  const [{ name, slug }, change, forget] = useDraft('organization', empty)
  const queries = useQueryClient()
  const navigate = useNavigate()
  const make = useMutation({
    mutationFn: () => client.organizations.create({ name, ...(slug === '' ? {} : { slug }) }),
    onSuccess: async (made) => {
      forget()
      void queries.invalidateQueries({ queryKey: ['organizations'] })
      tellDone(`${made.name} was made.`)
      await navigate({ to: `/console/organizations/${made.id}` })
    },
  })
  const faults = faultsByField(make.error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    make.mutate()
  }
  return (
    <Dialog opened onClose={onClose} title="New organization" isHeld={make.isPending}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {faults.name === undefined && faults.slug === undefined && <Refused error={make.error} />}
          <TextInput
            label="Name"
            required
            autoComplete="off"
            value={name}
            error={faults.name}
            onChange={({ currentTarget: { value } }) => change({ name: value })}
            data-autofocus
          />
          <TextInput
            label="Slug"
            description="What addresses call it: small letters, digits and hyphens. It is made of the name unless you choose one."
            autoComplete="off"
            value={slug}
            error={faults.slug}
            onChange={({ currentTarget: { value } }) => change({ slug: value })}
          />
          <DialogEnd>
            <Button variant="default" onClick={onClose} disabled={make.isPending}>
              Close
            </Button>
            <Button type="submit" loading={make.isPending}>
              Make the organization
            </Button>
          </DialogEnd>
        </Stack>
      </form>
    </Dialog>
  )
}
