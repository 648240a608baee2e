/** Every list, string, body, queue, depth and loop has its limit here. Strings are counted in code points. */
export const limits = {
  nameLengthMax: 100,
  usernameLengthMax: 64,
  /** How often a username is looked for that is free, while others take those that were found. */
  usernameAttemptsMax: 500,
  /** The greatest number behind a username that is made of a name, as in `john_doe_2`. */
  usernameNumberMax: 100_000,
  /** Such names that are looked up at once. */
  usernamesAtOnceMax: 1_000,
  emailLengthMax: 254,
  textLengthMax: 100,
  bioLengthMax: 500,
  urlLengthMax: 2048,
  passwordLengthMax: 256,
  /** The house's own floor; contracts state theirs. */
  passwordLengthMin: 8,
  /** Shorter parts of a name say nothing about a person. */
  personalPartLengthMin: 4,

  attributesBytesMax: 16 * 1024,
  attributesKeysMax: 64,
  attributesDepthMax: 8,

  searchLengthMax: 100,
  searchWordsMax: 10,
  /** By a migration, in one statement. */
  searchFilledAtOnce: 1_000,
  cursorLengthMax: 2_048,
  sortKeyLengthMax: 100,
  userAgentLengthMax: 400,

  pageSizeMax: 100,
  pageMax: 1_000_000_000,
  usersPageSizeDefault: 20,
  /** Of a list that is sent whole, at a time. */
  usersStreamedAtOnce: 100,
  /** With all that goes into a file but pictures, at a time. */
  usersExportedAtOnce: 200,
  /** So that their ids stay below the 8 KiB that many proxies take of an address. */
  usersExportedByIdMax: 200,
  activityPageSizeDefault: 50,
  activityForgottenAtOnce: 500,
  /** Over which one question counts: a month by the hour. */
  statsIntervalsMax: 750,
  /** Of the entries that a question about the whole record matches. */
  activityCountedMax: 100_000,
  /** Of the users that a filter is true of, at a time. */
  matchesShownMax: 1_000,
  matchesShownDefault: 50,
  /** Conditions on fields in one filter, with every value that a list names. */
  filterTermsMax: 100,
  filterDepthMax: 20,
  filterBytesMax: 4 * 1024,
  /** With what becomes of each in the other case. */
  rememberedLettersMax: 20_000,
  /** Then looking for whomever a filter is true of is given up … */
  filterMsMax: 10_000,
  /** … and so many are looked at between two looks at the clock. */
  filterCandidatesAtOnceMax: 16_000,
  sessionsPageSizeDefault: 20,

  /** Whatever was asked by somebody who was erased meanwhile is over by then. */
  requestsUnderWayMs: 60 * 1000,
  /** Of what may name somebody who was erased, in one transaction. */
  sweptAtOnce: 200,
  purgedAtOnce: 20,
  /** Of somebody's activity, at a time. */
  exportedAtOnce: 200,
  erasuresFinishedAtOnce: 1_000,
  /** Before cleaning is tried again that the database does not allow: it writes everything anew that it may. */
  erasuresLeftMs: 3600 * 1000,
  /** Of the index of the search, in one transaction. */
  searchPagesMergedAtOnce: 64,
  /** Of an embedded directory, by one statement, for which whoever else writes waits. */
  rewrittenAtOnceBytesMax: 64 * 1024 * 1024,
  journalEmptiedTriesMax: 100,

  bodyBytesMax: 1024 * 1024,
  bodyDepthMax: 32,
  pathParameterLengthMax: 512,
  /** What is read and thrown away of a body that was refused, so that the caller can read why. */
  discardedBytesMax: 16 * 1024 * 1024,
  /** Below the line of names. */
  csvLinesMax: 1_000,
  /** Of what stands in the cells of one line, in bytes. */
  csvLineLengthMax: 8_192,
  formFaultsMax: 100,
  /** Of the name of a field, as it is told in a fault. */
  faultFieldLengthMax: 100,
  proxyHopsMax: 20,
  addressesWaitingMax: 100_000,
  /** That one counter holds in memory, where it takes some 27 MB for them. */
  limiterKeysMax: 50_000,
  tokenLengthMax: 8 * 1024,
  linkTokenLengthMax: 200,
  headerBytesMax: 16 * 1024,

  verificationLinkMs: 3 * 24 * 3600 * 1000,
  emailChangeLinkMs: 24 * 3600 * 1000,
  passwordResetLinkMs: 3600 * 1000,
  setUpLinkMs: 30 * 60 * 1000,
  /** Of nodes that start together, or one that starts again and again; the oldest give way. */
  setUpLinksMax: 10,
  /** Of one kind, to one address: at least so far apart … */
  linkRequestsApartMs: 60 * 1000,
  /** … and so many in the day that begins with the first. */
  linkRequestsPerDayMax: 5,
  linkRequestsDayMs: 24 * 3600 * 1000,
  /** After they have expired. */
  linksKeptMs: 30 * 24 * 3600 * 1000,
  linksForgottenAtOnceMax: 1_000,

  cachedUsersMax: 100_000,
  /** Those who were on the pages of lists. */
  listedUsersMax: 10_000,
  rememberedTotalsMax: 1_000,
  rememberedTokensMax: 50_000,
  sessionsPerUserMax: 100,
  endedSessionsKeptMs: 24 * 3600 * 1000,
  /** In one transaction. */
  sessionsForgottenAtOnce: 50,
  refreshTokensForgottenAtOnce: 1_000,
  /** Of a restored directory, in one transaction. */
  sessionsEndedAtOnce: 2_000,

  apiTokenNameLengthMax: 100,
  /** Of one user, and not over. */
  apiTokensPerUserMax: 50,
  apiTokensPageSizeDefault: 50,
  /** As they are sent. */
  apiTokenPermissionsMax: 100,
  apiTokenDaysDefault: 90,
  apiTokenDaysMax: 365,
  /** For whoever wonders why a program is turned away. */
  expiredApiTokensKeptMs: 30 * 24 * 3600 * 1000,
  apiTokensForgottenAtOnce: 200,
  rememberedApiTokensMax: 50_000,
  impersonationMs: 15 * 60_000,
  /** That something was used is noted no more often. */
  useNotedMsMin: 60_000,
  /** Sessions and API tokens. */
  notedUsesMax: 50_000,
  factorsPageSizeDefault: 20,
  passkeysPerUserMax: 10,
  recoveryCodesPerUser: 10,
  codeLengthMax: 64,
  /** Of a passkey's answer, in base64url. */
  passkeyPartLengthMax: 16 * 1024,
  passkeyTransportsMax: 10,
  /** Of the name under which an authenticator app files a secret: a QR code holds so much. */
  accountLabelLengthMax: 64,
  /** For how long what was begun can be finished: the second step of a sign-in, a passkey. */
  challengeMs: 5 * 60 * 1000,
  /** Codes or passkeys that may be tried for one half sign-in. */
  secondStepAttemptsMax: 5,
  /** For how long an authenticator app can be confirmed. */
  enrolmentMs: 30 * 60 * 1000,
  /** For how long after a sign-in one's factors can be changed without another proof. */
  freshSignInMs: 10 * 60 * 1000,

  batchOperationsMax: 1_000,
  /** Of one batch: each takes as long to hash as a hundred operations. */
  batchPasswordsMax: 50,
  batchBytesMax: 4 * 1024 * 1024,
  /** Of the answer that refuses a batch. */
  batchDetailsMax: 1_000,

  /** Of a file of users: the longest line has attributes whose every character is escaped, and three pictures in base64. */
  importLineBytesMax: 3 * 1024 * 1024,
  /** Of the lines that are read together: a picture or two, or hundreds of people without one. */
  importBytesAtOnce: 4 * 1024 * 1024,
  /** Of the three pictures of a user; noise takes most, and not half as much. */
  importedPicturesBytesMax: 2 * 1024 * 1024,
  /** Of users and organizations. Whoever comes later gets a greater one, and clients may keep it in 31 bits: there is room for as many again. */
  importedNumberMax: 1_000_000_000,
  importedVersionMax: 1_000_000_000_000,
  /** In one transaction. */
  importLinesAtOnce: 100,
  /** Of a file of another product, without a user in them. */
  importForeignBytesMax: 256 * 1024 * 1024,
  /** Of a file that is sent over HTTP: larger ones are for the command line. */
  importBodyBytesMax: 16 * 1024 * 1024,
  /** Between two notes of how far an import is. */
  importNotedMs: 2_000,
  /** One of which nothing was noted for so long has lost its node. */
  importSilenceMsMax: 60 * 1000,
  importErrorsKeptMax: 1_000,
  importsKeptMs: 24 * 3600 * 1000,
  /** The same, into a directory that nobody else uses. */
  importLinesAtOnceWhileFilling: 500,
  /** Of what is told of one line. */
  importRefusalBytesMax: 1024 * 1024,
  /** By an import that is only tried. */
  importNamesRememberedMax: 2_000_000,
  timezonesRememberedMax: 2_000,
  invitationDaysDefault: 7,
  invitationDaysMax: 90,
  /** Before it is sent again. */
  invitationRestMs: 60_000,
  invitationsPageSizeDefault: 20,
  invitationsPerBatchMax: 1_000,
  /** In one transaction. */
  invitationsAtOnce: 50,
  invitationBatchBytesMax: 512 * 1024,

  /** Shown to an admin of the directory, who has access to all. */
  accessibleOrganizationsMax: 10_000,
  organizationsReadAtOnce: 500,
  organizationNameLengthMax: 100,
  organizationSlugLengthMax: 63,
  /** Of slugs that are made from one name, before one is made up. */
  organizationSlugsTriedMax: 20,
  /** To which one user belongs. */
  organizationsPerUserMax: 100,
  /** That can be accepted, or have expired. */
  openInvitationsPerOrganizationMax: 1_000,
  organizationsPageSizeDefault: 20,
  membersPageSizeDefault: 20,

  idempotencyKeyLengthMax: 255,
  /** For how long the outcome of a request with a key is kept. */
  rememberedMs: 24 * 3600 * 1000,
  /** Requests, with all their parts, in one transaction. */
  forgottenAtOnceMax: 100,

  mailPageSizeDefault: 20,
  /** Under way at one time, on each node. */
  mailUnderWayMax: 4,
  /** For how long a mail that is not taken is tried again. */
  mailTriedForMs: 3 * 24 * 3600 * 1000,
  /** Between the first attempt and the second; from then on twice as long each time … */
  mailPauseMsMin: 60 * 1000,
  /** … but never longer. */
  mailPauseMsMax: 2 * 3600 * 1000,
  /** From when it is taken up until it has to be sent. */
  mailSendingMsMax: 4 * 60 * 1000,
  /** For how long a mail belongs to whoever took it up: longer than it may be under way, also by a clock that is early. */
  mailLeaseMs: 5 * 60 * 1000,
  /** Of what somebody is told without having asked, of one kind … */
  noticesPerDayMax: 10,
  /** … and of locks, which strangers bring about. */
  lockNoticesPerDayMax: 1,
  noticesDayMs: 24 * 3600 * 1000,
  /** After it was sent or given up. */
  mailKeptMs: 30 * 24 * 3600 * 1000,
  /** In one transaction. */
  mailForgottenAtOnceMax: 1_000,

  /** Of a picture as it is sent … */
  avatarBytesMax: 5 * 1024 * 1024,
  /** … of the form around it … */
  formBytesMax: 16 * 1024,
  formFilesMax: 10,
  formFieldsMax: 10,
  formFieldBytesMax: 1024,
  /** … of what stands above each of its parts … */
  formHeaderBytesMax: 4 * 1024,
  formHeadersMax: 16,
  /** … and under way at one time, on each node. */
  uploadsMax: 8,
  /** Width by height. */
  imagePixelsMax: 25_000_000,
  imagesWaitingMax: 8,
  imageMsMax: 20_000,
  /** Of the process that decodes them, with everything that it needs besides. */
  decoderBytesMax: 160 * 1024 * 1024,
  decoderStartMsMax: 30_000,
  /** It ends when it has had nothing to do for so long. */
  decoderIdleMsMax: 30_000,
  /** Of the three that are made of a picture, together. */
  picturesBytesMax: 8 * 1024 * 1024,
  scanMsMax: 20_000,
  scanAnswerBytesMax: 1024,
  signatureLengthMax: 100,

  passwordHashesWaitingMax: 64,
  /** Of all that is hashed at the same moment. */
  passwordHashesBytesMax: 256 * 1024 * 1024,
  /** Of a hash from elsewhere. At these costs one verification takes most of a second on a slow processor. */
  passwordHashLengthMax: 1024,
  /** All that there is for everything at the same moment. */
  argon2KibMax: 256 * 1024,
  /** KiB, as often as they are gone over. */
  argon2KibPassesMax: 1024 * 1024,
  bcryptCostMax: 13,
  /** Of memory, in all its lanes together. */
  scryptBytesMax: 128 * 1024 * 1024,
  /** With SHA-1 or SHA-256, for all blocks of the digest together … */
  pbkdf2RoundsMax: 2_000_000,
  /** … and with SHA-512. */
  pbkdf2Sha512RoundsMax: 500_000,
  /** As the power of two that they are. */
  phpassRoundsMax: 18,
  /** A digest that is shorter would be matched by chance, and what has hardly a salt can be looked up. */
  passwordDigestBytesMin: 16,
  passwordSaltBytesMin: 4,
  transactionsWaitingMax: 10_000,
  transactionsPerGroupMax: 256,
  groupMsMax: 20,
  /** Of transactions for which nobody waits, such as those of an import; whoever is waited for comes in another group. */
  patientGroupMsMax: 75,
  /** After one of them was taken back, since more will be. */
  savepointsAgainMs: 10_000,
  groupMsMaxWhileFilling: 1_000,
  /** Half of what an import has under way: it reads the next while these are written. */
  transactionsPerGroupWhileFilling: 2,
  /** 32 MiB of the journal, which go into the file together while an import goes on. */
  journalPagesCopiedAtOnce: 8_192,
  /** 256 MiB: a longer journal begins anew. */
  journalPagesWhileImporting: 65_536,
  /** Of the journal's file, kept from one beginning to the next. */
  journalBytesWhileImporting: 320 * 1024 * 1024,
  /** For the thread that copies it, after a group of transactions, when it is twice as long. */
  checkpointerAwaitedMsMax: 1_000,
  /** How far processes and threads for which no request waits stand back at least, in the steps of `nice`. */
  niceness: 10,
  /** Between two groups of transactions of an import. */
  importPauseMsMax: 2_000,
  /** A directory with more is not filled without indexes: whoever is in it would be indexed anew. */
  usersBeforeFillingMax: 1_000,
  /** Of the index of the search, when a directory has been filled. */
  searchSegmentPeople: 125_000,
  /** As many or more are put into the index of the search by a thread of its own. */
  usersIndexedAside: 10_000,
  readingsWaitingMax: 1_000,
  preparedQueriesMax: 200,
  /** Commands that have their writing done by the server beside which they run. */
  commandsBesideServerMax: 16,
  commandFrameBytesMax: 64 * 1024 * 1024,
} as const
