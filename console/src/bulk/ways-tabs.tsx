import { Tabs } from '@mantine/core'
import { FileSpreadsheet, ListPlus, UserPlus } from 'lucide-react'
import type { ReactNode } from 'react'
import { type Way, ways } from './ways.ts'

const labels = {
  form: { label: 'One person', icon: UserPlus },
  list: { label: 'List', icon: ListPlus },
  file: { label: 'File', icon: FileSpreadsheet },
} as const

interface WaysTabsProps {
  readonly way: Way
  readonly onChange: (way: Way) => void
  readonly children: (way: Way) => ReactNode
}

/** The ways to enter people, of which one is open. What was typed in the others is there when they are opened again. */
export function WaysTabs({ way, onChange, children }: WaysTabsProps) {
  return (
    <Tabs
      value={way}
      onChange={(value) => onChange(ways.find((known) => known === value) ?? 'form')}
      keepMounted={false}
    >
      <Tabs.List mb="lg">
        {ways.map((one) => {
          const { label, icon: Icon } = labels[one]
          return (
            <Tabs.Tab key={one} value={one} leftSection={<Icon size={16} aria-hidden />}>
              {label}
            </Tabs.Tab>
          )
        })}
      </Tabs.List>
      {ways.map((one) => (
        <Tabs.Panel key={one} value={one}>
          {one === way && children(one)}
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
