import { Stack, Switch } from '@mantine/core'
import type { Preferences } from '@sudigital/client'
import { useMe } from '../../../session/session.tsx'
import { Section } from '../../../ui/section.tsx'
import { useWhyFixed } from '../may-change.ts'
import { usePreferring } from './use-preferring.ts'

type Kind = keyof Preferences['notifications']

const kinds: readonly { readonly kind: Kind; readonly label: string; readonly says: string }[] = [
  { kind: 'email', label: 'E-mail', says: 'What happens around you, by mail.' },
  { kind: 'push', label: 'Push', says: 'The same on your devices, where an application can do that.' },
  { kind: 'marketing', label: 'News and offers', says: 'What is not about you.' },
]

/** What somebody wants to hear of from the applications that use the directory. */
export function NotificationChoices() {
  const { notifications } = useMe().preferences
  const whyFixed = useWhyFixed()
  const prefer = usePreferring()
  return (
    <Section
      title="Notifications"
      says={
        whyFixed ??
        'Applications that use this directory ask here what you want to hear of. Mail about the safety of your account always comes.'
      }
    >
      <Stack gap="md">
        {kinds.map(({ kind, label, says }) => (
          <Switch
            key={kind}
            label={label}
            description={says}
            checked={notifications[kind]}
            disabled={whyFixed !== null}
            onChange={(event) => prefer.mutate({ notifications: { [kind]: event.currentTarget.checked } })}
          />
        ))}
      </Stack>
    </Section>
  )
}
