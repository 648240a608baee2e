import type { Role, Status } from '@sudigital/client'
import { CircleCheck, CircleDashed } from 'lucide-react'
import { useFormats } from '../../../session/formats.ts'
import classes from './cells.module.css'

/*
 * What stands in the cells of the table: elements of HTML and nothing else, because a screenful of them is made anew with each key of a search.
 */

export function StatusCell({ status }: { readonly status: Status }) {
  return (
    <span className={classes.badge} data-is={status}>
      {status}
    </span>
  )
}

export function RoleCell({ role }: { readonly role: Role }) {
  return (
    <span className={classes.badge} data-is={role}>
      {role}
    </span>
  )
}

/** How long ago it was, and when exactly on a closer look. */
export function Ago({ at }: { readonly at: string | null }) {
  const formats = useFormats()
  if (at === null) return <span className={classes.quiet}>never</span>
  return (
    <time dateTime={at} title={formats.time(at)}>
      {formats.ago(at)}
    </time>
  )
}

const yesIcon = <CircleCheck size={15} aria-hidden />
const noIcon = <CircleDashed size={15} aria-hidden />

/** Whether the address was shown to be theirs. */
export function Verified({ isSo }: { readonly isSo: boolean }) {
  return (
    <span className={classes.word} data-quiet={!isSo || undefined}>
      {isSo ? yesIcon : noIcon}
      {isSo ? 'yes' : 'no'}
    </span>
  )
}

export function Word({ children }: { readonly children: string | null | undefined }) {
  return children ? <span>{children}</span> : <span className={classes.quiet}>none</span>
}

export function Figure({ value }: { readonly value: number | undefined }) {
  const { number } = useFormats()
  return <span className="tabular">{value === undefined ? '' : number(value)}</span>
}

export function Code({ children }: { readonly children: string }) {
  return <span className={classes.code}>{children}</span>
}
