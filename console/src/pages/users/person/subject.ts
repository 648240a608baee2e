import type { SelectedUser } from '@sudigital/client'
import { queryOptions } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import { client } from '../../../client/client.ts'
import { listedFields } from '../fields.ts'

/** Everything that is shown of a user. */
export type Subject = Required<Omit<SelectedUser, 'permissions'>>

/** A user, and which version of them this is. */
export interface ReadSubject {
  readonly user: Subject
  readonly etag: string | null
}

const fields = [
  ...listedFields,
  'number',
  'username',
  'profile',
  'preferences',
  'attributes',
] as const satisfies readonly (keyof Subject)[]

export async function readSubject(id: string, signal?: AbortSignal): Promise<ReadSubject> {
  const { data, etag } = await client.users.get(id, { fields }, { signal }).withResponse()
  return { user: data as Subject, etag }
}

export const subjectQuery = (id: string) =>
  queryOptions({ queryKey: ['user', id, 'record'], queryFn: ({ signal }) => readSubject(id, signal) })

const SubjectContext = createContext<ReadSubject | null>(null)
export const SubjectProvider = SubjectContext.Provider

/** The user whose page this is; for what is drawn within it. */
export function useSubject(): ReadSubject {
  const subject = useContext(SubjectContext)
  if (subject === null) throw new Error('nobody is shown here')
  return subject
}
