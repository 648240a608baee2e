import { Group, Text } from '@mantine/core'

/** The sign of Roster and its name. */
export function Mark() {
  return (
    <Group gap={8} wrap="nowrap">
      <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true" role="presentation">
        <rect width="32" height="32" rx="8" fill="#3b46c4" />
        <g fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round">
          <circle cx="11" cy="11" r="3.2" />
          <path d="M5.5 23.5c.4-4 2.6-6 5.5-6s5.1 2 5.5 6" />
          <path d="M20 10.5h6.5M20 16h6.5M20 21.5h6.5" />
        </g>
      </svg>
      <Text fw={700} size="lg" lh={1}>
        Roster
      </Text>
    </Group>
  )
}
