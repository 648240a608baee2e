import { ActivityLog } from './nouns/activity-log.ts'
import { ApiTokens } from './nouns/api-tokens.ts'
import { Auth } from './nouns/auth.ts'
import { Description } from './nouns/description.ts'
import { Exports } from './nouns/exports.ts'
import { Imports } from './nouns/imports.ts'
import { Invitations } from './nouns/invitations.ts'
import { Mails } from './nouns/mails.ts'
import { OwnRecord } from './nouns/me.ts'
import { Organizations } from './nouns/organizations.ts'
import { AttentionList, Settings, Statistics } from './nouns/overview.ts'
import { Users } from './nouns/users.ts'
import { type ClientOptions, readOptions, type TokenPair } from './options.ts'
import { TokenKeeper } from './token-keeper.ts'
import { Transport } from './transport.ts'

/**
 * Everything that one can ask of a Roster: nouns, with a method for each verb.
 *
 * @example
 * ```ts
 * import { SUDIGITALClient } from '@sudigital/client'
 *
 * const client = new SUDIGITALClient({ baseURL: 'http://localhost:3001', token: 'your-jwt-token' })
 * const { data, meta } = await client.users.list({ search: 'john' })
 * ```
 */
export class SUDIGITALClient {
  readonly #tokens: TokenKeeper
  /** What happened to all accounts. */
  readonly activity: ActivityLog
  /** What somebody has to look at. */
  readonly attention: AttentionList
  /** Signing in and out. */
  readonly auth: Auth
  /** What the server says of itself. */
  readonly description: Description
  /** Taking people out. */
  readonly exports: Exports
  /** Taking people in. */
  readonly imports: Imports
  /** Asking people in. */
  readonly invitations: Invitations
  /** What is sent to people about their accounts. */
  readonly mail: Mails
  /** Whoever calls. */
  readonly me: OwnRecord
  /** Who belongs together, and who administers them. */
  readonly organizations: Organizations
  /** How the server is set up. */
  readonly settings: Settings
  /** How many there are, and how many come. */
  readonly stats: Statistics
  /** What programs call with, in place of a session. */
  readonly tokens: ApiTokens
  /** People in the directory. */
  readonly users: Users

  constructor(options: ClientOptions) {
    const settings = readOptions(options)
    this.#tokens = new TokenKeeper(options, (refreshToken) => send('refreshTokens', { body: { refreshToken } }))
    const { send } = new Transport(settings, this.#tokens)
    this.activity = new ActivityLog(send)
    this.attention = new AttentionList(send)
    this.auth = new Auth(send, this.#tokens)
    this.description = new Description(send)
    this.exports = new Exports(send)
    this.imports = new Imports(send)
    this.invitations = new Invitations(send)
    this.mail = new Mails(send)
    this.me = new OwnRecord(send)
    this.organizations = new Organizations(send)
    this.settings = new Settings(send)
    this.stats = new Statistics(send)
    this.tokens = new ApiTokens(send)
    this.users = new Users(send)
  }

  /**
   * Goes on with these tokens, or with none: for programs that keep them and were told of others, such as another tab of a browser.
   *
   * @example
   * ```ts
   * client.useTokens({ accessToken, refreshToken })
   * client.useTokens(null)
   * ```
   */
  useTokens(tokens: TokenPair | null): void {
    this.#tokens.use(tokens)
  }
}
