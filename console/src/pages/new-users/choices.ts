/** Roles, with what each is for. */
export const roleChoices = [
  { value: 'user', label: 'User: looks after their own account' },
  { value: 'viewer', label: 'Viewer: sees their own account' },
  { value: 'admin', label: 'Admin: looks after everybody' },
] as const

/** What becomes of somebody new, by their status. */
export const statusChoices = [
  { value: 'pending', label: 'A link by mail (pending)' },
  { value: 'active', label: 'An account at once (active)' },
  { value: 'inactive', label: 'No access yet (inactive)' },
] as const
