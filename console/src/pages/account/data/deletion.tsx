import { List } from '@mantine/core'
import { useMe } from '../../../session/session.tsx'
import { Section } from '../../../ui/section.tsx'

/** What it means to be deleted or erased, and who does it. */
export function Deletion() {
  const { role } = useMe()
  return (
    <Section
      title="Leave for good"
      says={
        role === 'admin'
          ? 'Nobody deletes or erases themselves: another administrator has to do it.'
          : 'An administrator of this directory deletes or erases your account. Ask one of them; you do not have to say why.'
      }
    >
      <List size="sm" spacing="xs">
        <List.Item>
          <b>Deleted</b>, you are signed out everywhere and cannot sign in. For a while an administrator can take that
          back; then you are erased.
        </List.Item>
        <List.Item>
          <b>Erased</b>, nothing that tells who you were is left: an id, a number and dates stay. Nobody can take that
          back.
        </List.Item>
        <List.Item>If you want to keep anything, download your data first.</List.Item>
      </List>
    </Section>
  )
}
