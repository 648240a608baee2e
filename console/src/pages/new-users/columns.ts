import { type Line, problemWithLine } from '../../bulk/lines.ts'
import type { Column } from '../../bulk/table.ts'

/** What a pasted list or a file can say of somebody new. */
export const userColumns: readonly Column[] = [
  { name: 'email', label: 'E-mail address', alsoCalled: ['mail', 'emailaddress', 'mailaddress', 'address'] },
  { name: 'firstName', label: 'First name', alsoCalled: ['first', 'givenname', 'forename', 'vorname', 'prenom'] },
  { name: 'lastName', label: 'Last name', alsoCalled: ['last', 'surname', 'familyname', 'nachname', 'nom'] },
  { name: 'username', label: 'Username', alsoCalled: ['user', 'login', 'loginname', 'account', 'nickname'] },
  { name: 'role', label: 'Role', alsoCalled: ['rolle'] },
  { name: 'status', label: 'Status', alsoCalled: ['state'] },
  { name: 'emailVerified', label: 'Address is verified', alsoCalled: ['verified', 'emailisverified'] },
  { name: 'avatar', label: 'Picture (address)', alsoCalled: ['picture', 'photo', 'image', 'avatarurl'] },
  { name: 'passwordHash', label: 'Password hash', alsoCalled: ['hash'] },
  { name: 'createdAt', label: 'Created', alsoCalled: ['created', 'createdon'] },
  { name: 'lastLoginAt', label: 'Last signed in', alsoCalled: ['lastlogin', 'lastsignin'] },
  { name: 'id', label: 'Id (UUID)', alsoCalled: ['uuid'] },
  { name: 'number', label: 'Number', alsoCalled: [] },
  { name: 'updatedAt', label: 'Changed', alsoCalled: ['updated'] },
  { name: 'passwordChangedAt', label: 'Password changed', alsoCalled: [] },
  { name: 'redirectUri', label: 'Redirect address', alsoCalled: [] },
]

const roles = ['admin', 'user', 'viewer']
const statuses = ['active', 'inactive', 'pending']

/** What is wrong with a line of people to add, as far as it shows without the server. */
export function problemWithUser(line: Line): string | null {
  const { email, username, role, status } = line.cells
  if (role !== undefined && !roles.includes(role.toLowerCase())) return `“${role}” is no role: admin, user or viewer.`
  if (status !== undefined && !statuses.includes(status.toLowerCase()))
    return `“${status}” is no status: active, inactive or pending.`
  return email === undefined && username !== undefined ? null : problemWithLine(line)
}
