import type { Step } from '../../http/collection.ts'

/* What a run of the collection does with organizations and invitations. */

export const organizationSteps: readonly Step[] = [
  {
    operation: 'createOrganization',
    body: { name: 'Acme', slug: 'acme-{{run}}' },
    status: [201],
    keeps: { organizationId: 'data.id' },
  },
  { operation: 'listOrganizations', status: [200] },
  { operation: 'readOrganization', params: { id: '{{organizationId}}' }, status: [200] },
  {
    operation: 'updateOrganization',
    params: { id: '{{organizationId}}' },
    body: { name: 'Acme Corporation' },
    status: [200],
  },
  {
    operation: 'putMember',
    params: { id: '{{organizationId}}', userId: '{{memberId}}' },
    body: { role: 'admin' },
    status: [200, 201],
  },
  {
    operation: 'putMember',
    says: 'Make somebody else a member',
    params: { id: '{{organizationId}}', userId: '{{newcomerId}}' },
    body: { role: 'member' },
    status: [200, 201],
  },
  { operation: 'listMembers', params: { id: '{{organizationId}}' }, status: [200] },
  { operation: 'listOrganizationsOfUser', params: { id: '{{memberId}}' }, status: [200] },
  {
    operation: 'removeMember',
    params: { id: '{{organizationId}}', userId: '{{newcomerId}}' },
    status: [200],
  },
  { operation: 'deleteOrganization', params: { id: '{{organizationId}}' }, status: [200] },
]

export const invitationSteps: readonly Step[] = [
  {
    operation: 'invite',
    body: { email: 'invited-{{run}}@example.com', role: 'viewer', firstName: 'Jane', lastName: 'Smith' },
    status: [201],
    keeps: { invitationId: 'data.id' },
  },
  { operation: 'inviteUser', params: { id: '{{batchId}}' }, status: [200, 201] },
  { operation: 'listInvitations', query: { state: 'pending' }, status: [200] },
  { operation: 'readInvitation', params: { id: '{{invitationId}}' }, status: [200] },
  /** Not within a minute of the mail before. */
  { operation: 'resendInvitation', params: { id: '{{invitationId}}' }, status: [200, 429] },
  {
    operation: 'inviteMany',
    body: { dryRun: true, invitations: [{ email: 'many-{{run}}@example.com' }] },
    status: [200],
  },
  { operation: 'revokeInvitation', params: { id: '{{invitationId}}' }, status: [200] },
]
