import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Building2, Plus } from 'lucide-react'
import { client } from '../../../../client/client.ts'
import { useMay } from '../../../../session/session.tsx'
import { Section } from '../../../../ui/section.tsx'
import { Answered, Empty } from '../../../../ui/states.tsx'
import { useDialog } from '../dialogs.ts'
import { useSubject } from '../subject.ts'
import { AddDialog } from './add-dialog.tsx'
import { MembershipRow } from './membership-row.tsx'

/** Nobody belongs to more of them. */
const organizationsMax = 100

/** What somebody belongs to, and as what. */
export function Organizations() {
  const { user } = useSubject()
  const { show } = useDialog()
  const manages = useMay()('organizations:manage')
  const query = useQuery({
    queryKey: ['user', user.id, 'organizations'],
    queryFn: ({ signal }) => client.users.organizations.list(user.id, { limit: organizationsMax }, { signal }),
  })
  return (
    <Section
      title="Organizations"
      says="Admins of an organization look after its members, whatever their role in the directory."
      actions={
        manages && (
          <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => show('add-organization')}>
            Add to an organization
          </Button>
        )
      }
    >
      <Answered query={query}>
        {({ data }) => (
          <>
            {data.length === 0 ? (
              <Empty icon={Building2} title="They belong to none" />
            ) : (
              <div className="user-rows">
                {data.map((membership) => (
                  <MembershipRow key={membership.id} membership={membership} manages={manages} />
                ))}
              </div>
            )}
            {manages && <AddDialog without={data} />}
          </>
        )}
      </Answered>
    </Section>
  )
}
