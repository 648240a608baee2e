import { SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { faultsByField } from '../../../client/words.ts'
import { EditForm } from '../../../editing/edit-form.tsx'
import type { Version } from '../../../editing/save-merging.ts'
import { useEditing } from '../../../editing/use-editing.ts'
import { useMe } from '../../../session/session.tsx'
import { Section } from '../../../ui/section.tsx'
import { Answered } from '../../../ui/states.tsx'
import { useWhyFixed } from '../may-change.ts'
import { detailsQuery, type Field, labels, saving } from './details.ts'

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

const labelOf = (field: string) => labels[field as Field] ?? field

function Fields({ stored, isFixed }: { readonly stored: Version; readonly isFixed: boolean }) {
  const { id } = useMe()
  const editing = useEditing({ stored, labelOf, ...saving })
  const faults = faultsByField(editing.error)
  const input = (field: Field) => ({
    label: labels[field],
    readOnly: isFixed,
    value: editing.values[field] ?? '',
    error: faults[field],
    onChange: (event: { currentTarget: { value: string } }) => editing.set(field, event.currentTarget.value),
  })
  return (
    <EditForm userId={id} editing={editing} labels={labels} isReadOnly={isFixed}>
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
      </Stack>
    </EditForm>
  )
}
