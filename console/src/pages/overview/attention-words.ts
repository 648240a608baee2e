import type { Attention } from '@sudigital/client'

export interface AttentionWords {
  readonly title: string
  readonly says: string
  /** The way to mend it: a page of the console, or of the documentation. */
  readonly way: { readonly label: string; readonly to: string; readonly search?: Readonly<Record<string, string>> }
  /** Whether it is a danger, and no mere task. */
  readonly isGrave: boolean
}

/** What wants attention, in words, and what to do about it. */
export function attentionWords({ code, count }: Attention, number: (value: number) => string): AttentionWords {
  const several = (n: number, one: string, many: string) => (n === 1 ? `One ${one}` : `${number(n)} ${many}`)
  switch (code) {
    case 'default_admin_active':
      return {
        title: 'A first admin with a known password is active',
        says: 'Its first password stands in the documentation or in the settings. Deactivate it, or give it another password.',
        way: { label: 'Look at the admins', to: '/console/users', search: { role: 'admin', status: 'active' } },
        isGrave: true,
      }
    case 'users_pending':
      return {
        title: `${several(count, 'user is', 'users are')} pending`,
        says: 'They have not followed the link that was mailed to them. You can activate them, or send the link again.',
        way: { label: 'Look at them', to: '/console/users', search: { status: 'pending' } },
        isGrave: false,
      }
    case 'invitations_pending':
      return {
        title: `${several(count, 'invitation waits', 'invitations wait')} for an answer`,
        says: 'You can send them again, or take them back.',
        way: { label: 'Look at them', to: '/console/invitations', search: { state: 'pending' } },
        isGrave: false,
      }
    case 'invitations_expired':
      return {
        title: `${several(count, 'invitation has', 'invitations have')} expired`,
        says: 'Whoever was invited can no longer accept. Send the invitation again, or take it back.',
        way: { label: 'Look at them', to: '/console/invitations', search: { state: 'expired' } },
        isGrave: false,
      }
    case 'mail_dead':
      return {
        title: `${several(count, 'mail was', 'mails were')} given up`,
        says: 'The mail server did not take them. Look why, and try them again.',
        way: { label: 'Look at them', to: '/console/mail', search: { state: 'dead' } },
        isGrave: true,
      }
    case 'mail_not_sent':
      return {
        title: `${several(count, 'mail waits', 'mails wait')}, and nobody carries mail on`,
        says: 'No mail server is set. Name one in SMTP_URL; what has waited for three days is not sent any more.',
        way: { label: 'Look at the settings', to: '/console/settings', search: { q: 'SMTP_URL' } },
        isGrave: true,
      }
    case 'uploads_not_scanned':
      return {
        title: 'Pictures are not scanned for viruses',
        says: 'They are decoded and made anew, which leaves little room for harm. To have them scanned, name a ClamAV in CLAMD_URL.',
        way: { label: 'Look at the setting', to: '/console/settings', search: { q: 'CLAMD_URL' } },
        isGrave: false,
      }
  }
}
