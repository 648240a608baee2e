import { Alert, SegmentedControl, Stack, Text } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Braces } from 'lucide-react'
import { EditForm } from '../../../../editing/edit-form.tsx'
import { useFormats } from '../../../../session/formats.ts'
import { Section } from '../../../../ui/section.tsx'
import { Empty } from '../../../../ui/states.tsx'
import { useRights } from '../rights.ts'
import { useSubject } from '../subject.ts'
import { useSubjectEditing } from '../use-subject-editing.ts'
import { bytesOf, changesOf, limitsInWords, valuesOf } from './attributes.ts'
import { JsonText } from './json-text.tsx'
import { Rows } from './rows.tsx'

const labelOf = (key: string) => key

/** What programs of the operator keep of somebody: names with values, as rows or as one text of JSON. */
export function Attributes() {
  const { user } = useSubject()
  const { administers } = useRights()
  const formats = useFormats()
  const { view, choose } = useView()
  const editing = useSubjectEditing({ valuesOf: ({ attributes }) => valuesOf(attributes), changesOf, labelOf })
  const { values, edition, fault, replace } = editing
  const form = { values, isReadOnly: !administers, onChange: replace }
  const isEmpty = !administers && Object.keys(values).length === 0
  return (
    <EditForm userId={user.id} editing={editing} isReadOnly={!administers}>
      <Section
        title="Attributes"
        says={`What your own programs keep of this user. ${limitsInWords}`}
        actions={
          <SegmentedControl
            aria-label="How they are shown"
            data={[
              { value: 'rows', label: 'Rows' },
              { value: 'json', label: 'JSON' },
            ]}
            value={view}
            onChange={choose}
            disabled={fault !== null}
          />
        }
      >
        <Stack gap="md">
          {isEmpty ? (
            <Empty icon={Braces} title="There are none" />
          ) : view === 'json' ? (
            <JsonText key={edition} fault={fault} {...form} />
          ) : (
            <Rows key={edition} {...form} />
          )}
          {fault !== null && view === 'rows' && (
            <Alert color="red" variant="light" role="alert">
              {fault}
            </Alert>
          )}
          {fault === null && (
            <Text size="xs" c="dimmed" className="tabular">
              {formats.number(bytesOf(values))} bytes used
            </Text>
          )}
        </Stack>
      </Section>
    </EditForm>
  )
}

function useView() {
  const view = useSearch({ from: '/console/users/$userId/attributes', select: (search) => search.view ?? 'rows' })
  const navigate = useNavigate()
  const choose = (wanted: string) =>
    void navigate({
      to: '.',
      search: wanted === 'json' ? { view: 'json' } : {},
      replace: true,
      resetScroll: false,
    })
  return { view, choose }
}
