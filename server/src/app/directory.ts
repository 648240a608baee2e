import { join } from 'node:path'
import { openApiTokens } from '../adapters/api-tokens.ts'
import { toAscii } from '../adapters/ascii.ts'
import { openAvatarLinks } from '../adapters/avatar-links.ts'
import { openCursors } from '../adapters/cursors.ts'
import { erasedIdsFile, erasedIdsIn, noErasedIds } from '../adapters/erased-ids.ts'
import { openDecoder } from '../adapters/images/decoder.ts'
import { type DirectoryKeys, openSealer } from '../adapters/keys.ts'
import { openLinkTokens } from '../adapters/link-tokens.ts'
import { openPasskeys, siteAt } from '../adapters/passkeys.ts'
import { openPasswordHasher } from '../adapters/password-hash.ts'
import { openSecrets } from '../adapters/secrets.ts'
import { openTotp } from '../adapters/totp.ts'
import type { Clock, Commit, Core } from '../core/ports.ts'
import { openDirectory } from '../store/directory.ts'
import type { Engine } from '../store/engines/engine.ts'
import { uuidv7 } from '../store/ids.ts'
import { openDirectoryKeys } from './directory-key.ts'
import { defaultAdmins } from './first-users.ts'
import { openGuesses } from './guesses.ts'
import type { Log } from './log.ts'
import { passwordsBy } from './passwords.ts'
import { openPost } from './post.ts'
import { finishRestore } from './restored.ts'
import { scannerOf } from './scanner.ts'
import type { Settings } from './settings.ts'
import { openTokenDesk, type TokenDesk } from './tokens.ts'

/** The directory with everything that use-cases need, and nothing that listens. */
export interface OpenDirectory extends AsyncDisposable {
  readonly core: Core
  readonly engine: Engine
  readonly tokens: TokenDesk
  /** Waits for what goes on after answers, then closes files and connections. */
  close(): Promise<void>
}

export interface DirectoryOptions {
  readonly log: Log
  readonly clock?: Clock
  /** A server must own an embedded directory; a command may have its writing done by the server that does. */
  readonly through?: 'own' | 'any'
  /** The command is about to fill it, and goes on where another left it without indexes. */
  readonly fills?: boolean
  /** Called when the directory is opening and nothing is left for this thread to do: the time for loading the rest of the program. */
  readonly meanwhile?: () => void
}

const day = 24 * 3600 * 1000

function nothing(): void {}

export async function openDirectoryFor(settings: Settings, options: DirectoryOptions): Promise<OpenDirectory> {
  const { log, clock = Date.now, through = 'own', fills = false } = options
  const keys = await openDirectoryKeys(settings)
  await using opening = new AsyncDisposableStack()
  const engine = await openEngine(settings, { keys, through, fills, log, meanwhile: options.meanwhile ?? nothing })
  opening.defer(() => engine.close())
  const hasher = openPasswordHasher()
  const commit: Commit = (name, input) => engine.commit(name, input, clock())
  const issuer = settings.publicUrl
  const tokens = await openTokenDesk(
    { engine, commit, clock, keys },
    { issuer, ttlSeconds: settings.accessTokenTtlSeconds },
  )
  const linkTokens = openLinkTokens(keys.link)
  const post = openPost(settings, linkTokens)
  const images = openDecoder({ onTrouble: (code) => log.warn('decoder-ended', { code }) })
  const under = new Set<Promise<unknown>>()
  let isClosing = false
  const core: Core = {
    directory: openDirectory(engine),
    commit,
    passwords: passwordsBy(hasher),
    tokens,
    linkTokens,
    apiTokens: openApiTokens(keys.apiToken),
    post,
    images,
    scanner: scannerOf(settings, log),
    avatarLinks: openAvatarLinks(keys.avatar, settings.publicUrl),
    cursors: openCursors(keys.cursor),
    guesses: openGuesses(engine, { perAccount: settings.guessesPerAccount, perAddress: settings.guessesPerAddress }),
    totp: openTotp(siteAt(settings.publicUrl).rpId),
    passkeys: openPasskeys(settings.publicUrl),
    secrets: openSecrets(keys.digest),
    clock,
    ids: { next: () => uuidv7(clock()) },
    erasedIds: settings.databaseUrl === null ? erasedIdsIn(join(settings.dataDirectory, erasedIdsFile)) : noErasedIds,
    toAscii,
    settings: settings.inForce,
    policy: {
      houseFloorEverywhere: settings.passwordFloor === 'house',
      retentionMs: settings.retentionDays * day,
      activityRetentionMs: settings.activityRetentionDays * day,
      refreshTokenTtlMs: settings.refreshTokenTtlSeconds * 1000,
      registrationIsOpen: settings.registration,
      uploadsAreScanned: settings.clamd !== null,
      defaultAdmins: defaultAdmins(settings),
    },
    isClosing: () => isClosing,
    get apart() {
      return core
    },
    later(work) {
      const settled = work
        .catch((fault: unknown) => log.error('work-after-answer-failed', { fault }))
        .finally(() => under.delete(settled))
      under.add(settled)
    },
  }
  await finishRestore(core, tokens)
  const opened = opening.move()
  async function close() {
    isClosing = true
    post.close()
    await Promise.all([hasher.close(), images.close()])
    await Promise.all(under)
    await opened.disposeAsync()
  }
  return { core, engine, tokens, close, [Symbol.asyncDispose]: close }
}

interface Opening extends Required<Pick<DirectoryOptions, 'log' | 'through' | 'fills' | 'meanwhile'>> {
  readonly keys: DirectoryKeys
}

/** Each engine is loaded only where it is used: the other's driver costs start-up time. */
async function openEngine(settings: Settings, { keys, through, fills, log, meanwhile }: Opening): Promise<Engine> {
  if (settings.databaseUrl === null) {
    const { openSqlite } = await import('../store/engines/sqlite/engine.ts')
    const opening = openSqlite({
      directory: settings.dataDirectory,
      fileKey: keys.file,
      through,
      fills,
      onIndexing: () => log.warn('unfinished-import-indexed', {}),
    })
    meanwhile()
    return opening
  }
  const { openPostgres } = await import('../store/engines/postgres/engine.ts')
  const opening = openPostgres({
    url: settings.databaseUrl,
    sealer: openSealer(keys.seal),
    onTrouble: (fault) => log.warn('notices-lost', { fault }),
  })
  meanwhile()
  return opening
}
