import { Button, Group, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core'
import { ApiError } from '@sudigital/client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { client } from '../../../client/client.ts'
import { queries } from '../../../client/queries.ts'
import { faultsByField } from '../../../client/words.ts'
import { meQuery } from '../../../session/session.tsx'
import { Section } from '../../../ui/section.tsx'
import { Answered, Refused } from '../../../ui/states.tsx'
import { tellDone } from '../../../ui/told.ts'
import { useWhyFixed } from '../may-change.ts'
import {
  changesBetween,
  type Details,
  detailsQuery,
  type Field,
  fields,
  labels,
  merge,
  readDetails,
} from './details.ts'
import { Overtaken, type OvertakenBy } from './overtaken.tsx'

/** Names, and what somebody tells about themselves. */
export function DetailsForm() {
  const query = useQuery(detailsQuery)
  const whyFixed = useWhyFixed()
  return (
    <Section title="Details" says={whyFixed ?? 'Whoever may see your account sees this.'}>
      <Answered query={query}>{(stored) => <Fields stored={stored} isFixed={whyFixed !== null} />}</Answered>
    </Section>
  )
}

function Fields({ stored, isFixed }: { readonly stored: Details; readonly isFixed: boolean }) {
  const { values, set, save, isDirty, overtaken, discard } = useDetails(stored)
  const faults = faultsByField(save.error)
  const input = (field: Field) => ({
    label: labels[field],
    readOnly: isFixed,
    value: values[field],
    error: faults[field],
    onChange: (event: { currentTarget: { value: string } }) => set(field, event.currentTarget.value),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
          <TextInput {...input('firstName')} autoComplete="given-name" />
          <TextInput {...input('lastName')} autoComplete="family-name" />
          <TextInput {...input('username')} autoComplete="off" />
          <TextInput {...input('profile.location')} />
          <TextInput {...input('profile.website')} type="url" {...(isFixed ? {} : { placeholder: 'https://' })} />
          <TextInput {...input('profile.github')} />
          <TextInput {...input('profile.linkedin')} />
          <TextInput {...input('profile.twitter')} />
        </SimpleGrid>
        <Textarea {...input('profile.bio')} autosize minRows={3} maxRows={10} />
        {overtaken !== null && <Overtaken by={overtaken} values={values} onTake={set} />}
        {overtaken === null && !fields.some((field) => field in faults) && <Refused error={save.error} />}
        {!isFixed && (
          <Group gap="xs">
            <Button type="submit" loading={save.isPending} disabled={!isDirty}>
              Save
            </Button>
            {isDirty && (
              <Button variant="default" onClick={discard} disabled={save.isPending}>
                Discard
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </form>
  )
}

/** What is typed stays until it is saved, whoever saves first; as long as nothing is typed, the form shows what is stored. */
function useDetails(stored: Details) {
  const [base, setBase] = useState(stored)
  const [values, setValues] = useState(stored.values)
  const [overtaken, setOvertaken] = useState<OvertakenBy | null>(null)
  const isDirty = fields.some((field) => values[field] !== base.values[field])
  const begin = (details: Details) => {
    setBase(details)
    setValues(details.values)
    setOvertaken(null)
  }
  const save = useMutation({
    mutationFn: () => client.me.update(changesBetween(base.values, values), { ifMatch: base.etag ?? undefined }),
    onSuccess: async () => {
      begin(await queries.fetchQuery({ ...detailsQuery, staleTime: 0 }))
      tellDone('Saved.')
      await queries.invalidateQueries({ queryKey: meQuery.queryKey })
    },
    onError: async (error) => {
      if (!(error instanceof ApiError) || error.code !== 'PRECONDITION_FAILED') return
      const theirs = await readDetails()
      const merged = merge(base.values, theirs.values, values)
      setBase(theirs)
      setValues(merged.values)
      setOvertaken({ theirs: theirs.values, ...merged })
    },
  })
  if (stored.etag !== base.etag && !isDirty && !save.isPending && overtaken === null) begin(stored)
  return {
    values,
    isDirty,
    overtaken,
    save,
    set: (field: Field, value: string) => setValues((all) => ({ ...all, [field]: value })),
    discard: () => {
      save.reset()
      begin(base)
    },
  }
}
