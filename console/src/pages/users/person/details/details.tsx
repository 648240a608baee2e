import { SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core'
import { faultsByField } from '../../../../client/words.ts'
import { EditForm } from '../../../../editing/edit-form.tsx'
import { changesOf, type FieldName, fieldLabels, valuesOf } from '../../../../editing/user-fields.ts'
import { Section } from '../../../../ui/section.tsx'
import { useRights } from '../rights.ts'
import { useSubject } from '../subject.ts'
import { useSubjectEditing } from '../use-subject-editing.ts'

const labelOf = (field: string) => fieldLabels[field as FieldName] ?? field

/** Names, addresses and profile, as one form. */
export function Details() {
  const { user } = useSubject()
  const { edits, administers, isSelf } = useRights()
  const editing = useSubjectEditing({ valuesOf, changesOf, labelOf })
  const faults = faultsByField(editing.error)
  const input = (field: FieldName) => ({
    label: fieldLabels[field],
    name: field,
    readOnly: !edits,
    value: editing.values[field] ?? '',
    error: faults[field],
    onChange: (event: { currentTarget: { value: string } }) => editing.set(field, event.currentTarget.value),
  })
  const isOwnAddress = isSelf && edits
  return (
    <EditForm userId={user.id} editing={editing} labels={fieldLabels} isReadOnly={!edits}>
      <Section title="Details">
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
          <TextInput {...input('firstName')} autoComplete="off" />
          <TextInput {...input('lastName')} autoComplete="off" />
          <TextInput
            {...input('email')}
            type="email"
            autoComplete="off"
            readOnly={!administers || isOwnAddress}
            description={isOwnAddress ? 'You change it in your account: a link goes to the new one' : undefined}
          />
          <TextInput {...input('username')} autoComplete="off" />
        </SimpleGrid>
      </Section>
      <Section title="Profile">
        <Stack gap="md">
          <Textarea {...input('profile.bio')} autosize minRows={2} maxRows={8} />
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
            <TextInput {...input('profile.location')} />
            <TextInput {...input('profile.website')} type="url" placeholder={edits ? 'https://' : undefined} />
            <TextInput {...input('profile.github')} />
            <TextInput {...input('profile.linkedin')} />
            <TextInput {...input('profile.twitter')} />
          </SimpleGrid>
        </Stack>
      </Section>
    </EditForm>
  )
}
