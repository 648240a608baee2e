import product from '../../../package.json' with { type: 'json' }
import type { MailReads } from '../core/mail/ports.ts'
import type { Clock } from '../core/ports.ts'
import { trustProxies } from '../http/addresses.ts'
import { authenticateByBearer } from '../http/authentication.ts'
import { avatarsContract } from '../http/avatars.ts'
import type { Run } from '../http/collection.ts'
import { collectionContract } from '../http/collection-contract.ts'
import { consoleContract } from '../http/console.ts'
import type { Contract, MountedContract } from '../http/contract.ts'
import { isDescribable, withDescription } from '../http/description.ts'
import { documentationContract } from '../http/documentation.ts'
import { atHome } from '../http/guards.ts'
import { openHealth } from '../http/health.ts'
import { linkPagesContract } from '../http/link-pages.ts'
import { type MetricsOptions, openMetrics } from '../http/metrics.ts'
import type { Described } from '../http/pages/render.ts'
import { noRateLimits, openRateLimits, type RateLimits } from '../http/rate-limits.ts'
import { openServer, type Server, type ServerOptions } from '../http/server.ts'
import { systemContract } from '../http/system.ts'
import { DatabaseUnavailable } from '../store/engines/engine.ts'
import { loopbackPort } from '../wire/express-gateway/loopback.ts'
import { contracts } from './contracts.ts'
import { type OpenDirectory, openDirectoryFor } from './directory.ts'
import { ensureDefaultAdmin, ensureFirstAdmin, refuseTestUsers, seedTestUsers, testUsers } from './first-users.ts'
import { startJobs } from './jobs.ts'
import type { Log } from './log.ts'
import { type Outbox, startOutbox } from './outbox.ts'
import { withPort } from './port.ts'
import type { ContractName, Settings } from './settings.ts'
import { openUses } from './uses.ts'

/** A running Roster. */
export interface Roster extends AsyncDisposable {
  readonly directory: OpenDirectory
  readonly publicUrl: string
  readonly port: number
  readonly expressGatewayPort: number | null
  /** Told when the directory is lost for good: only a process that starts anew recovers it. */
  readonly lost: Promise<Error>
  /** Lets requests under way finish, then closes the directory. */
  close(): Promise<void>
}

export interface RosterOptions {
  readonly log: Log
  readonly clock?: Clock
  /** In place of the first users that the settings ask for. */
  readonly populate?: (directory: OpenDirectory) => Promise<void>
  /** A directory that is being opened already, for the same settings; it is closed with everything else. */
  readonly directory?: Promise<OpenDirectory>
}

/** Opens the directory and serves it as the settings say: the one place that knows every part. */
export async function openRoster(asked: Settings, options: RosterOptions): Promise<Roster> {
  const { log, clock = Date.now, populate = (directory) => firstUsers(directory, asked) } = options
  const settings = await withPort(asked)
  const directory = await (options.directory ?? openDirectoryFor(settings, { log, clock }))
  const opened: { close(): Promise<void> }[] = [directory]
  try {
    await populate(directory)
    const health = openHealth(() => directory.engine.ping())
    const outbox = startOutbox(directory, log)
    opened.unshift({ close: () => outbox.close(0) })
    const parts = serverParts(directory, settings, { log, outbox })
    const main = await openServer({
      ...parts,
      contracts: servedContracts(
        settings,
        systemContract({ health, metrics: parts.metrics, jwks: directory.tokens.jwks }),
      ),
      guard: settings.production || settings.developmentOnNetwork ? null : atHome,
      proxies: settings.trustProxy === null ? null : trustProxies(settings.trustProxy),
    })
    const servers: Server[] = [main]
    opened.unshift({ close: () => closeTogether([...servers, outbox], settings.shutdownGraceSeconds) })
    const { port } = await main.listen(settings)
    const gateway = await openGatewayPort(parts, settings)
    if (gateway !== null) servers.push(gateway.server)
    opened.unshift(startJobs(directory, log))
    const close = once(async () => {
      health.withdraw()
      await closeAll(opened)
    })
    const expressGatewayPort = gateway?.port ?? null
    const lost = directory.engine.lost
    return {
      directory,
      publicUrl: settings.publicUrl,
      port,
      expressGatewayPort,
      lost,
      close,
      [Symbol.asyncDispose]: close,
    }
  } catch (thrown) {
    await closeAll(opened).catch((fault: unknown) => log.error('closing-failed', { fault }))
    throw thrown
  }
}

async function firstUsers({ core }: OpenDirectory, settings: Settings): Promise<void> {
  if (settings.production) await refuseTestUsers(core)
  await ensureFirstAdmin(core, settings)
  if (!settings.production) await seedTestUsers(core)
  await ensureDefaultAdmin(core, settings)
}

type Parts = Omit<ServerOptions, 'contracts'> & { readonly metrics: ReturnType<typeof openMetrics> }

function serverParts(
  { core, engine, tokens }: OpenDirectory,
  settings: Settings,
  { log, outbox }: { log: Log; outbox: Outbox },
): Parts {
  const rateLimits = settings.rateLimits ? rateLimitsOf(settings, engine) : noRateLimits
  return {
    core,
    authenticate: authenticateByBearer({
      directory: core.directory,
      verify: tokens.verify,
      apiTokens: core.apiTokens,
      failures: rateLimits.failures,
      noteUse: openUses(core),
    }),
    rateLimits,
    metrics: openMetrics(mailFigures(core.directory.mail, outbox)),
    log,
    publicUrl: settings.publicUrl,
    isUnavailable: (thrown) => thrown instanceof DatabaseUnavailable,
  }
}

function mailFigures({ counts }: MailReads, { figures }: Outbox): Pick<MetricsOptions, 'gauges' | 'counters'> {
  const now = (state: 'waiting' | 'dead') => () => counts().then((found) => found[state])
  return {
    gauges: [
      { name: 'roster_mail_waiting', help: 'Mails that wait to be sent, on all nodes.', read: now('waiting') },
      { name: 'roster_mail_dead', help: 'Mails that were given up, on all nodes.', read: now('dead') },
    ],
    counters: [
      { name: 'roster_mail_sent_total', help: 'Mails that this node has sent.', read: () => figures.sent },
      { name: 'roster_mail_failed_total', help: 'Attempts of this node that failed.', read: () => figures.failed },
    ],
  }
}

function rateLimitsOf(settings: Settings, engine: OpenDirectory['engine']): RateLimits {
  const perMinute = (points: number) => ({ points, seconds: 60 })
  return openRateLimits({
    rates: {
      'users-list': perMinute(settings.usersListPerMinute),
      'users-create': perMinute(settings.usersCreatePerMinute),
      'users-update': perMinute(settings.usersUpdatePerMinute),
      'users-delete': perMinute(settings.usersDeletePerMinute),
      'users-avatar': perMinute(settings.avatarsPerMinute),
      batch: perMinute(settings.batchPerMinute),
      'batch-operations': perMinute(settings.batchOperationsPerMinute),
      auth: perMinute(settings.authPerMinute),
      'sign-up': perMinute(settings.signUpPerMinute),
      other: perMinute(settings.otherPerMinute),
      anonymous: { ...perMinute(settings.serviceModuleAnonymousPerMinute), sliding: true },
    },
    failedAuthentications: perMinute(settings.failedAuthenticationsPerMinute),
    limiter: (of) => engine.limiter(of),
  })
}

/** The contracts where the operator wants them, each with its description, and beside them what every node answers at the root. */
function servedContracts({ mounts, production }: Settings, system: Contract): MountedContract[] {
  const place = { version: product.version, environment: production ? 'Production' : 'Local development' }
  const served = Object.values(contracts).flatMap((contract): MountedContract[] => {
    const mount = mounts[contract.name as ContractName]
    const beside = contract === contracts.sudigital ? [system] : []
    return mount === null ? [] : [{ contract: withDescription(contract, { ...place, beside }), mount }]
  })
  const house = mounts.sudigital
  const described = served.map(({ contract, mount }) => ({ name: contract.name, mount: mount === '/' ? '' : mount }))
  const pages = house === null ? [] : pagesOf(house === '/' ? '' : house, described)
  const collections = served.flatMap(({ contract, mount }) =>
    isDescribable(contract) && contract.name === contracts.sudigital.name
      ? [collectionContract(contract, { ...place, mount: mount === '/' ? '' : mount }, runOfCollection)]
      : [],
  )
  return [
    ...served,
    ...[system, avatarsContract, ...pages, ...collections].map((contract) => ({ contract, mount: '/' })),
  ]
}

/** Begins as the admin whom the documentation names. */
async function runOfCollection(): Promise<Run> {
  const { wholeRun } = await import('../wire/sudigital/collection-run.ts')
  const [{ email, password }] = testUsers
  return wholeRun({ email, password })
}

/** Those that are about the house contract, or use it. */
function pagesOf(mount: string, described: readonly Described[]): Contract[] {
  return [consoleContract({ mount }), documentationContract({ mount, described }), linkPagesContract({ mount })]
}

/** The administration port of express-gateway has no authentication: whoever reaches it from this machine is the system. */
async function openGatewayPort(
  parts: Parts,
  { expressGatewayListen }: Settings,
): Promise<{ server: Server; port: number } | null> {
  if (expressGatewayListen === null) return null
  const server = await openServer({ ...parts, ...loopbackPort, rateLimits: noRateLimits })
  return { server, port: (await server.listen(expressGatewayListen)).port }
}

/** All of them take no more at once, and share one grace. */
async function closeTogether(servers: readonly Pick<Server | Outbox, 'close'>[], graceSeconds: number): Promise<void> {
  const closed = await Promise.allSettled(servers.map((server) => server.close(graceSeconds)))
  for (const result of closed) if (result.status === 'rejected') throw result.reason
}

/** Closes one after the other, whatever becomes of those before; what went wrong is told at the end. */
async function closeAll(opened: readonly { close(): Promise<void> }[]): Promise<void> {
  const faults: unknown[] = []
  for (const part of opened) await part.close().catch((fault: unknown) => faults.push(fault))
  if (faults.length > 0) throw faults[0]
}

function once(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | null = null
  return () => {
    closing ??= close()
    return closing
  }
}
