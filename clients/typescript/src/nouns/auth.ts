import { andThen, type Call, refused } from '../call.ts'
import type { CallOptions, TokenPair } from '../options.ts'
import type { TokenKeeper } from '../token-keeper.ts'
import type { Send } from '../transport.ts'
import type { BodyOf, HalfSignIn, Message, ResultOf, Tokens } from '../types.ts'

/** Signing in and out. Whatever gives tokens gives them to the client, too, which calls with them from then on. */
export class Auth {
  readonly #send: Send
  readonly #tokens: TokenKeeper

  constructor(send: Send, tokens: TokenKeeper) {
    this.#send = send
    this.#tokens = tokens
  }

  /**
   * Signs in. Whoever has a second factor is given a `challenge` in place of tokens, which `loginWithCode` or `loginWithPasskey` answers.
   *
   * @example
   * ```ts
   * const signedIn = await client.auth.login({ email: 'ada@example.com', password })
   * if ('challenge' in signedIn) {
   *   await client.auth.loginWithCode({ challengeId: signedIn.challenge.id, code: '123456' })
   * }
   * console.log((await client.users.me()).firstName)
   * ```
   */
  login(credentials: BodyOf<'signIn'>, options?: CallOptions): Call<Tokens | HalfSignIn> {
    return this.#keep(this.#send('signIn', { body: credentials }, options))
  }

  /**
   * Finishes a sign-in by the code of an authenticator app, or a recovery code. There are five attempts.
   *
   * @example
   * ```ts
   * const { user } = await client.auth.loginWithCode({ challengeId, code: '123456' })
   * ```
   */
  loginWithCode(proof: BodyOf<'finishSignInByCode'>, options?: CallOptions): Call<Tokens> {
    return this.#keep(this.#send('finishSignInByCode', { body: proof }, options))
  }

  /**
   * Asks what a passkey has to sign: to finish a sign-in, or, without a `challengeId`, to sign in by passkey alone. The answer is what
   * `PublicKeyCredential.parseRequestOptionsFromJSON` reads.
   *
   * @example
   * ```ts
   * const { challenge, rpId } = await client.auth.requestPasskey()
   * ```
   */
  requestPasskey(asked: BodyOf<'requestPasskey'> = {}, options?: CallOptions): Call<ResultOf<'requestPasskey'>> {
    return this.#send('requestPasskey', { body: asked }, options)
  }

  /**
   * Signs in by what a passkey has signed, as its `toJSON()` gives it.
   *
   * @example
   * ```ts
   * const { user } = await client.auth.loginWithPasskey({ challengeId, credential })
   * ```
   */
  loginWithPasskey(proof: BodyOf<'signInByPasskey'>, options?: CallOptions): Call<Tokens> {
    return this.#keep(this.#send('signInByPasskey', { body: proof }, options))
  }

  /**
   * Trades the refresh token, the client's unless another is given, for a new pair. The client does that by itself whenever its access token is over.
   *
   * @example
   * ```ts
   * const { accessToken, expiresIn } = await client.auth.refresh()
   * ```
   */
  refresh(body?: BodyOf<'refreshTokens'>, options?: CallOptions): Call<Tokens> {
    const { refreshToken } = body ?? this.#tokens
    if (refreshToken === undefined) return refused('There is no refresh token to trade')
    return this.#keep(this.#send('refreshTokens', { body: { refreshToken } }, options))
  }

  /**
   * Ends the session; the client has no tokens afterwards.
   *
   * @example
   * ```ts
   * await client.auth.logout()
   * ```
   */
  logout(options?: CallOptions): Call<Message> {
    return andThen(this.#send('signOut', {}, options), () => this.#tokens.change(null))
  }

  /**
   * Asks for an account. The answer is the same whether the address is known or not; whoever owns it is mailed a link.
   *
   * @example
   * ```ts
   * const { message } = await client.auth.register({ email: 'jane@example.com', password, firstName: 'Jane', lastName: 'Smith' })
   * ```
   */
  register(account: BodyOf<'register'>, options?: CallOptions): Call<Message> {
    return this.#send('register', { body: account }, options)
  }

  /**
   * Proves an address by the token of the link that was mailed there.
   *
   * @example
   * ```ts
   * await client.auth.verifyEmail({ token, password })
   * ```
   */
  verifyEmail(proof: BodyOf<'verifyEmail'>, options?: CallOptions): Call<Message> {
    return this.#send('verifyEmail', { body: proof }, options)
  }

  /**
   * Has the link that proves an address mailed once more.
   *
   * @example
   * ```ts
   * await client.auth.resendVerification({ email: 'jane@example.com' })
   * ```
   */
  resendVerification(asked: BodyOf<'resendVerification'>, options?: CallOptions): Call<Message> {
    return this.#send('resendVerification', { body: asked }, options)
  }

  /**
   * Has a link mailed by which a new password can be chosen.
   *
   * @example
   * ```ts
   * await client.auth.forgotPassword({ email: 'jane@example.com' })
   * ```
   */
  forgotPassword(asked: BodyOf<'forgotPassword'>, options?: CallOptions): Call<Message> {
    return this.#send('forgotPassword', { body: asked }, options)
  }

  /**
   * Sets a new password by the token of the link that was mailed, and ends all sessions. It signs nobody in.
   *
   * @example
   * ```ts
   * await client.auth.resetPassword({ token, password })
   * ```
   */
  resetPassword(proof: BodyOf<'resetPassword'>, options?: CallOptions): Call<Message> {
    return this.#send('resetPassword', { body: proof }, options)
  }

  /**
   * Accepts an invitation by the token of the link that was mailed. It signs nobody in.
   *
   * @example
   * ```ts
   * await client.auth.acceptInvitation({ token, password, firstName: 'Jane', lastName: 'Smith' })
   * ```
   */
  acceptInvitation(proof: BodyOf<'acceptInvitation'>, options?: CallOptions): Call<Message> {
    return this.#send('acceptInvitation', { body: proof }, options)
  }

  /**
   * Makes the first admin of a directory that has never had one, by the token of the link that its server printed. It signs nobody in.
   *
   * @example
   * ```ts
   * await client.auth.setUp({ token, email: 'jane@example.com', password })
   * ```
   */
  setUp(admin: BodyOf<'setUp'>, options?: CallOptions): Call<Message> {
    return this.#send('setUp', { body: admin }, options)
  }

  #keep<Result>(call: Call<Result>): Call<Result> {
    return andThen(call, async (result) => {
      if (hasTokens(result)) await this.#tokens.change(result)
    })
  }
}

function hasTokens(result: unknown): result is TokenPair {
  return typeof result === 'object' && result !== null && 'accessToken' in result && 'refreshToken' in result
}
