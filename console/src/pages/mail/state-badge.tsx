import { Badge } from '@mantine/core'
import type { Mail } from '@sudigital/client'
import { stateLabels } from './mail-words.ts'

const colours = { waiting: 'blue', sent: 'green', dead: 'red' } as const

export function MailState({ state }: { readonly state: Mail['state'] }) {
  return (
    <Badge variant="light" color={colours[state]} tt="none">
      {stateLabels[state].toLowerCase()}
    </Badge>
  )
}
