import type { UserChanges } from '@sudigital/client'
import { client } from '../../../client/client.ts'
import { queries } from '../../../client/queries.ts'
import type { Values } from '../../../editing/merge.ts'
import { useEditing } from '../../../editing/use-editing.ts'
import { type ReadSubject, readSubject, type Subject, subjectQuery, useSubject } from './subject.ts'

interface SubjectEditing {
  /** What of a user stands in the form. */
  readonly valuesOf: (user: Subject) => Values
  /** What is sent to save it. */
  readonly changesOf: (from: Values, to: Values) => UserChanges
  readonly labelOf: (field: string) => string
}

/** A form over the user whose page this is. */
export function useSubjectEditing({ valuesOf, changesOf, labelOf }: SubjectEditing) {
  const subject = useSubject()
  const { id } = subject.user
  const versionOf = ({ user, etag }: ReadSubject) => ({ values: valuesOf(user), etag, updatedAt: user.updatedAt })
  return useEditing({
    stored: versionOf(subject),
    labelOf,
    read: async () => {
      const fresh = await readSubject(id)
      queries.setQueryData(subjectQuery(id).queryKey, fresh)
      return versionOf(fresh)
    },
    send: async ({ values, etag }, to) => {
      const saved = await client.users.update(id, changesOf(values, to), { ifMatch: etag ?? undefined })
      void queries.invalidateQueries({ queryKey: ['users'] })
      void queries.invalidateQueries({ queryKey: ['user', id, 'activity'] })
      return saved
    },
  })
}
