import { SegmentedControl, Text, useMantineColorScheme } from '@mantine/core'
import type { Preferences } from '@sudigital/client'
import { useMe } from '../../../session/session.tsx'
import { Section } from '../../../ui/section.tsx'
import { useWhyFixed } from '../may-change.ts'
import { usePreferring } from './use-preferring.ts'

const themes: readonly { readonly value: Preferences['theme']; readonly label: string }[] = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'auto', label: 'As the device' },
]

/** Light or dark. Who may not keep a preference chooses for this browser. */
export function Appearance() {
  const { preferences } = useMe()
  const isKept = useWhyFixed() === null
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const prefer = usePreferring()
  const choose = (theme: string) => {
    const chosen = themes.find(({ value }) => value === theme)?.value ?? 'auto'
    setColorScheme(chosen)
    if (isKept) prefer.mutate({ theme: chosen })
  }
  return (
    <Section
      title="Appearance"
      says={isKept ? 'In every browser where you sign in.' : 'In this browser: with your role no preference is kept.'}
    >
      <SegmentedControl
        aria-label="Theme"
        data={[...themes]}
        value={isKept ? preferences.theme : colorScheme}
        onChange={choose}
      />
      <Text size="xs" c="dimmed" mt="xs">
        The button with the sun or the moon at the top changes it for the moment.
      </Text>
    </Section>
  )
}
