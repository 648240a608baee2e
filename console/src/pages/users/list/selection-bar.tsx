import { ActionBar, Button, Menu, Text, Tooltip } from '@mantine/core'
import { ChevronDown, Download, Send, ShieldCheck, Trash2, UserCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { useFormats } from '../../../session/formats.ts'
import { useMay } from '../../../session/session.tsx'
import { type BulkAction, neededFor } from './bulk/actions.ts'
import { bulkMax } from './bulk/run.ts'
import { namedMax } from './export/download.ts'
import classes from './list.module.css'
import { roles } from './search.ts'
import type { Picking } from './selection.ts'
import type { Total } from './use-people.ts'

interface SelectionBarProps {
  readonly picking: Picking
  readonly total: Total | null
  readonly isHidden: boolean
  readonly onAction: (action: BulkAction) => void
  readonly onExport: () => void
}

/** Says who is picked, and what can be done with them. */
export function SelectionBar({ picking, total, isHidden, onAction, onExport }: SelectionBarProps) {
  const { selection } = picking
  const { number } = useFormats()
  const count = countOf(picking, total)
  const whyNot = useWhyNot(count)
  return (
    <ActionBar
      opened={picking.isAny && !isHidden}
      onClose={picking.clear}
      withinPortal={false}
      zIndex={150}
      position={{ bottom: 20, left: 12, right: 12 }}
      className={classes.bar}
      shadow="lg"
      aria-label="What to do with whoever is selected"
    >
      <Text size="sm" fw={600} role="status" className="tabular">
        {selection.kind === 'all' ? allWords(selection.except.size, total, number) : `${number(count)} selected`}
      </Text>
      {selection.kind === 'some' && total !== null && total.count > selection.people.size && (
        <Button size="compact-sm" variant="subtle" onClick={picking.pickAll}>
          {`Select all ${total.isExact ? '' : 'at least '}${number(total.count)}`}
        </Button>
      )}
      <ActionBar.Divider visibleFrom="sm" />
      <Choices label="Status" icon={<UserCheck size={15} aria-hidden />}>
        {(['active', 'inactive'] as const).map((to) => (
          <Doing key={to} action={{ kind: 'status', to }} {...{ whyNot, onAction }}>
            {to === 'active' ? 'Activate' : 'Deactivate'}
          </Doing>
        ))}
      </Choices>
      <Choices label="Role" icon={<ShieldCheck size={15} aria-hidden />}>
        {roles.map((to) => (
          <Doing key={to} action={{ kind: 'role', to }} {...{ whyNot, onAction }}>
            {`Make ${to}`}
          </Doing>
        ))}
      </Choices>
      <Act
        icon={<Send size={15} aria-hidden />}
        whyNot={whyNot({ kind: 'invite' })}
        onAct={() => onAction({ kind: 'invite' })}
      >
        Invite
      </Act>
      <Act
        icon={<Download size={15} aria-hidden />}
        whyNot={
          (selection.kind === 'all' ? selection.except.size === 0 : count <= namedMax)
            ? null
            : `A file holds up to ${number(namedMax)} people who are selected one by one, or everybody whom the filters leave in.`
        }
        onAct={onExport}
      >
        Export
      </Act>
      <Act
        icon={<Trash2 size={15} aria-hidden />}
        color="red"
        whyNot={whyNot({ kind: 'delete' })}
        onAct={() => onAction({ kind: 'delete' })}
      >
        Delete
      </Act>
      <ActionBar.CloseButton aria-label="Select nobody" />
    </ActionBar>
  )
}

interface ChoicesProps {
  readonly label: string
  readonly icon: ReactNode
  readonly children: ReactNode
}

function Choices({ label, icon, children }: ChoicesProps) {
  return (
    <Menu shadow="md" position="top">
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={icon}
          rightSection={<ChevronDown size={14} aria-hidden />}
        >
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  )
}

/** How many are picked, at least. */
export function countOf({ selection }: Picking, total: Total | null): number {
  return selection.kind === 'some' ? selection.people.size : Math.max(0, (total?.count ?? 0) - selection.except.size)
}

function allWords(except: number, total: Total | null, number: (value: number) => string): string {
  const all = total === null ? 'All who match' : `All ${total.isExact ? '' : 'at least '}${number(total.count)}`
  return except === 0 ? all : `${all} but ${number(except)}`
}

/** Why an action cannot be taken; null when it can. */
function useWhyNot(count: number): (action: BulkAction) => string | null {
  const may = useMay()
  const { number } = useFormats()
  return (action) => {
    if (!may(neededFor(action))) return 'Your role does not allow that.'
    if (count > bulkMax) return `Up to ${number(bulkMax)} people at a time. Filter for fewer.`
    return null
  }
}

interface DoingProps {
  readonly action: BulkAction
  readonly whyNot: (action: BulkAction) => string | null
  readonly onAction: (action: BulkAction) => void
  readonly children: ReactNode
}

function Doing({ action, whyNot, onAction, children }: DoingProps) {
  const reason = whyNot(action)
  return (
    <Menu.Item disabled={reason !== null} onClick={() => onAction(action)}>
      {children}
      {reason !== null && (
        <Text size="xs" c="dimmed">
          {reason}
        </Text>
      )}
    </Menu.Item>
  )
}

interface ActProps {
  readonly icon: ReactNode
  readonly color?: string
  readonly whyNot: string | null
  readonly onAct: () => void
  readonly children: string
}

/** A button that stays within reach when it does nothing, to say why. */
function Act({ icon, color, whyNot, onAct, children }: ActProps) {
  return (
    <Tooltip
      label={whyNot}
      disabled={whyNot === null}
      multiline
      maw={280}
      events={{ hover: true, focus: true, touch: true }}
    >
      <Button
        size="compact-sm"
        variant={color === undefined ? 'default' : 'light'}
        {...(color === undefined ? {} : { color })}
        leftSection={icon}
        aria-disabled={whyNot !== null}
        data-disabled={whyNot !== null}
        {...(whyNot === null ? {} : { 'aria-description': whyNot })}
        onClick={() => whyNot === null && onAct()}
      >
        {children}
      </Button>
    </Tooltip>
  )
}
