import { Button, Stack, Text } from '@mantine/core'
import { useFormats } from '../../../../session/formats.ts'
import { useRetention } from '../../../../session/retention.ts'
import { useMay } from '../../../../session/session.tsx'
import { Section } from '../../../../ui/section.tsx'
import { useDialog } from '../dialogs.ts'
import { useRights } from '../rights.ts'
import { useSubject } from '../subject.ts'
import { ExportButton } from './export-button.tsx'

/** What is held of somebody, and the ways to take it out and away. */
export function Held() {
  const { user } = useSubject()
  const { isSelf, administers } = useRights()
  const formats = useFormats()
  const may = useMay()
  const { show } = useDialog()
  const forHowLong = useRetention()
  return (
    <Stack gap="lg">
      <Section title="Record">
        <dl className="user-facts">
          <Fact name="Id" value={user.id} />
          <Fact name="Number" value={String(user.number)} />
          <Fact name="Created" value={formats.time(user.createdAt)} />
          <Fact name="Last changed" value={formats.time(user.updatedAt)} />
        </dl>
      </Section>
      <Section
        title="Everything that is held"
        says="The record, the picture, sign-ins, memberships, invitations, mail and activity, in one JSON file: what somebody is owed who asks for their data. There is no secret in it. That it was taken out is noted in the activity."
        actions={<ExportButton id={user.id} />}
      />
      {may('users:delete') && (
        <Section
          title="Delete"
          says={`The account is over at once, and an administrator can bring it back ${forHowLong}.`}
          actions={
            <Button variant="light" color="red" onClick={() => show('delete')}>
              Delete
            </Button>
          }
        />
      )}
      {administers && (
        <Section
          title="Erase for good"
          says={
            isSelf
              ? 'Nobody erases their own account. Another administrator can.'
              : 'Everything that is held of this person is taken away, and nobody can bring it back. For when somebody asks to be forgotten.'
          }
          actions={
            !isSelf && (
              <Button color="red" variant="light" onClick={() => show('erase')}>
                Erase for good
              </Button>
            )
          }
        />
      )}
    </Stack>
  )
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <Text component="dt" size="sm" c="dimmed">
        {name}
      </Text>
      <Text component="dd" size="sm" m={0} className="tabular">
        {value}
      </Text>
    </div>
  )
}
