import { commitForgetActivity } from './activity/forget-activity.ts'
import { commitForgetApiTokens } from './api-tokens/forget-api-tokens.ts'
import { commitMakeApiToken } from './api-tokens/make-api-token.ts'
import { commitNoteApiTokenUse } from './api-tokens/note-api-token-use.ts'
import { commitRevokeApiToken } from './api-tokens/revoke-api-token.ts'
import { commitChangeAvatar, commitRecordAvatarRejection } from './avatars/change-avatar.ts'
import { commitRemoveAvatar } from './avatars/remove-avatar.ts'
import { commitChangePassword } from './credentials/change-own-password.ts'
import { commitRecordLock } from './credentials/lock-account.ts'
import { commitResetPassword } from './credentials/reset-password.ts'
import { commitSetPassword } from './credentials/set-password.ts'
import { commitEraseUser } from './erasures/erase-user.ts'
import { commitPurgeUsers } from './erasures/purge-users.ts'
import {
  commitFinishErasures,
  commitNoteActors,
  commitNoteSwept,
  commitSweepActivity,
  commitSweepInvitations,
  commitSweepRequests,
} from './erasures/sweep.ts'
import { commitAddPasskey, commitOfferPasskey } from './factors/add-passkey.ts'
import { commitConfirmTotp, commitEnrolTotp } from './factors/enrol-totp.ts'
import { commitForgetBegun } from './factors/forget-begun.ts'
import { commitMakeRecoveryCodes } from './factors/recovery-codes.ts'
import { commitRemoveFactor, commitRemoveOwnFactor } from './factors/remove-factor.ts'
import { commitTakeChallenge } from './factors/take-challenge.ts'
import { commitKeepFact } from './facts/keep-fact.ts'
import { commitNoteFact } from './facts/note-fact.ts'
import { commitCreateFellow } from './fellows/create-fellow.ts'
import { commitDeleteFellow } from './fellows/delete-fellow.ts'
import { commitSendFellowInvitation } from './fellows/send-fellow-invitation.ts'
import { commitSendFellowVerification } from './fellows/send-fellow-verification.ts'
import { commitSetFellowPassword } from './fellows/set-fellow-password.ts'
import { commitUpdateFellow } from './fellows/update-fellow.ts'
import { commitForgetImports } from './imports/forget-imports.ts'
import { commitEndImport } from './imports/import-stretch.ts'
import { commitBeginImport, commitKeepImport } from './imports/start-import.ts'
import { commitAcceptInvitation } from './invitations/accept-invitation.ts'
import { commitInvite } from './invitations/invite.ts'
import { commitInviteMany } from './invitations/invite-many.ts'
import { commitInviteUser } from './invitations/invite-user.ts'
import { commitResendInvitation } from './invitations/resend-invitation.ts'
import { commitRevokeInvitation } from './invitations/revoke-invitation.ts'
import { commitRotateSigningKeys } from './keys/rotate-signing-keys.ts'
import { commitForgetLinks } from './links/forget-links.ts'
import { commitRequestLink } from './links/request-link.ts'
import { commitForgetMail } from './mail/forget-mail.ts'
import { commitReclaimMail } from './mail/reclaim-mail.ts'
import { commitRetryMail } from './mail/retry-mail.ts'
import { commitSettleMail } from './mail/settle-mail.ts'
import { commitTakeUpMail } from './mail/take-up-mail.ts'
import { commitCreateOrganization } from './organizations/create-organization.ts'
import { commitDeleteOrganization } from './organizations/delete-organization.ts'
import { commitPutMember } from './organizations/put-member.ts'
import { commitRemoveMember } from './organizations/remove-member.ts'
import { commitUpdateOrganization } from './organizations/update-organization.ts'
import { commitNoteExport } from './personal-data/export-user.ts'
import type { Transaction } from './ports.ts'
import { commitForgetRequests } from './requests/forget-requests.ts'
import { commitKeepRefusal, commitOnce, type Effect, type RequestPart } from './requests/once.ts'
import { commitEndRestoredAccess } from './restores/end-restored-access.ts'
import { commitBeginSignIn } from './sessions/begin-sign-in.ts'
import { commitCountSecondStep, commitFinishSignIn } from './sessions/finish-sign-in.ts'
import { commitForgetSessions } from './sessions/forget-sessions.ts'
import { commitImpersonateUser } from './sessions/impersonate-user.ts'
import { commitNoteSessionUse } from './sessions/note-session-use.ts'
import { commitRefresh } from './sessions/refresh-session.ts'
import { commitRevokeSession, commitRevokeSessions } from './sessions/revoke-sessions.ts'
import { commitRecordSignInFailure, commitSignIn } from './sessions/sign-in.ts'
import { commitRequestPasskey, commitSignInByPasskey } from './sessions/sign-in-by-passkey.ts'
import { commitEndSession } from './sessions/sign-out.ts'
import { commitSetUpDirectory } from './set-up/set-up-directory.ts'
import { commitOpenSetUp } from './set-up/set-up-links.ts'
import { commitAddArrivals } from './users/add-arrivals.ts'
import { commitAddPeople } from './users/add-people.ts'
import { commitChangeEmail, commitRequestEmailChange } from './users/change-email.ts'
import { commitCreateUser } from './users/create-user.ts'
import { commitDeleteUser } from './users/delete-user.ts'
import { commitRecordExport } from './users/export-users.ts'
import { commitFoldCounts } from './users/fold-counts.ts'
import { commitRegisterUser } from './users/register-user.ts'
import { commitRestoreUser } from './users/restore-user.ts'
import { commitBatch } from './users/run-batch.ts'
import { commitSendVerification } from './users/send-verification.ts'
import { commitSetUserStatus } from './users/set-user-status.ts'
import { commitSignUp } from './users/sign-up.ts'
import { commitRecordUnlock } from './users/unlock-user.ts'
import { commitUpdateUser } from './users/update-user.ts'
import { commitVerifyEmail } from './users/verify-email.ts'

/** Everything that writes, by the name under which a transaction runs it, on whatever thread that is. Inputs are plain data. */
const effects = {
  'add-passkey': commitAddPasskey,
  'accept-invitation': commitAcceptInvitation,
  'add-arrivals': commitAddArrivals,
  'add-people': commitAddPeople,
  'change-avatar': commitChangeAvatar,
  'change-email': commitChangeEmail,
  'begin-import': commitBeginImport,
  'begin-sign-in': commitBeginSignIn,
  'change-password': commitChangePassword,
  'confirm-totp': commitConfirmTotp,
  'count-second-step': commitCountSecondStep,
  'create-fellow': commitCreateFellow,
  'create-organization': commitCreateOrganization,
  'create-user': commitCreateUser,
  'delete-fellow': commitDeleteFellow,
  'delete-organization': commitDeleteOrganization,
  'delete-user': commitDeleteUser,
  'end-restored-access': commitEndRestoredAccess,
  'end-session': commitEndSession,
  'enrol-totp': commitEnrolTotp,
  'erase-user': commitEraseUser,
  'finish-erasures': commitFinishErasures,
  'finish-sign-in': commitFinishSignIn,
  'fold-counts': commitFoldCounts,
  'forget-imports': commitForgetImports,
  'end-import': commitEndImport,
  'forget-links': commitForgetLinks,
  'forget-mail': commitForgetMail,
  'forget-activity': commitForgetActivity,
  'forget-api-tokens': commitForgetApiTokens,
  'forget-begun': commitForgetBegun,
  'forget-requests': commitForgetRequests,
  'forget-sessions': commitForgetSessions,
  'impersonate-user': commitImpersonateUser,
  'keep-fact': commitKeepFact,
  'keep-import': commitKeepImport,
  'make-api-token': commitMakeApiToken,
  'note-actors': commitNoteActors,
  'note-api-token-use': commitNoteApiTokenUse,
  'make-recovery-codes': commitMakeRecoveryCodes,
  invite: commitInvite,
  'invite-many': commitInviteMany,
  'invite-user': commitInviteUser,
  'note-export': commitNoteExport,
  'note-fact': commitNoteFact,
  'note-session-use': commitNoteSessionUse,
  'note-swept': commitNoteSwept,
  'open-set-up': commitOpenSetUp,
  'purge-users': commitPurgeUsers,
  'reclaim-mail': commitReclaimMail,
  'record-avatar-rejection': commitRecordAvatarRejection,
  'record-export': commitRecordExport,
  'record-lock': commitRecordLock,
  'offer-passkey': commitOfferPasskey,
  'record-sign-in-failure': commitRecordSignInFailure,
  'record-unlock': commitRecordUnlock,
  'put-member': commitPutMember,
  'refresh-session': commitRefresh,
  'register-user': commitRegisterUser,
  'request-email-change': commitRequestEmailChange,
  'request-link': commitRequestLink,
  'reset-password': commitResetPassword,
  'remove-avatar': commitRemoveAvatar,
  'remove-factor': commitRemoveFactor,
  'remove-member': commitRemoveMember,
  'remove-own-factor': commitRemoveOwnFactor,
  'request-passkey': commitRequestPasskey,
  'resend-invitation': commitResendInvitation,
  'restore-user': commitRestoreUser,
  'retry-mail': commitRetryMail,
  'revoke-api-token': commitRevokeApiToken,
  'revoke-session': commitRevokeSession,
  'revoke-sessions': commitRevokeSessions,
  'revoke-invitation': commitRevokeInvitation,
  'rotate-signing-keys': commitRotateSigningKeys,
  'run-batch': commitBatch,
  'send-fellow-invitation': commitSendFellowInvitation,
  'send-fellow-verification': commitSendFellowVerification,
  'send-verification': commitSendVerification,
  'set-fellow-password': commitSetFellowPassword,
  'set-password': commitSetPassword,
  'set-up-directory': commitSetUpDirectory,
  'set-user-status': commitSetUserStatus,
  'settle-mail': commitSettleMail,
  'sign-in': commitSignIn,
  'sign-up': commitSignUp,
  'sweep-activity': commitSweepActivity,
  'sweep-invitations': commitSweepInvitations,
  'sweep-requests': commitSweepRequests,
  'take-up-mail': commitTakeUpMail,
  'sign-in-by-passkey': commitSignInByPasskey,
  'take-challenge': commitTakeChallenge,
  'update-fellow': commitUpdateFellow,
  'update-organization': commitUpdateOrganization,
  'update-user': commitUpdateUser,
  'verify-email': commitVerifyEmail,
}

export const commits = {
  ...effects,
  'keep-refusal': commitKeepRefusal,
  once: (transaction: Transaction, part: RequestPart & { name: keyof typeof effects; input: unknown }) =>
    commitOnce(transaction, part, effects[part.name] as Effect, part.input),
}

export type Commits = typeof commits
export type CommitName = keyof Commits
export type CommitInput<Name extends CommitName> = Parameters<Commits[Name]>[1]
export type CommitOutcome<Name extends CommitName> = Awaited<ReturnType<Commits[Name]>>
