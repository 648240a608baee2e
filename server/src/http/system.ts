import { Type } from '#typebox'
import { json, text } from './answer.ts'
import { type About, type Contract, get } from './contract.ts'
import type { Health } from './health.ts'
import type { Metrics } from './metrics.ts'
import { plainRefusals } from './plain-refusals.ts'

/**
 * What machines ask of a node, whatever contracts it serves. It stands at the root beside whichever contract is mounted there, and owns nothing
 * but these paths.
 */
export function systemContract({
  health,
  metrics,
  jwks,
}: {
  readonly health: Pick<Health, 'isReady'>
  readonly metrics: Pick<Metrics, 'text' | 'type'>
  /** The public keys that verify our tokens (RFC 7517). */
  readonly jwks: (nowSeconds: number) => object
}): Contract {
  return {
    name: 'system',
    mount: '/',
    owns: 'routes',
    refusals: plainRefusals,
    about,
    routes: [
      get('/health/live', () => json(200, { status: 'ok' }), {
        needs: 'nobody',
        answers: [200],
        summary: 'Whether the process runs',
        name: 'readLiveness',
        tag: 'System',
        schema: { answer: { 200: healthAnswer } },
      }),
      get(
        '/health/ready',
        async () => ((await health.isReady()) ? json(200, { status: 'ok' }) : json(503, { status: 'unavailable' })),
        {
          needs: 'nobody',
          answers: [200, 503],
          summary: 'Whether the node can serve',
          name: 'readReadiness',
          tag: 'System',
          schema: { answer: { 200: healthAnswer, 503: healthAnswer } },
        },
      ),
      get('/metrics', async () => ({ ...text(200, await metrics.text()), type: metrics.type }), {
        needs: 'users:list',
        spares: 'loopback',
        answers: [200, 401, 403],
        summary: 'Figures for Prometheus',
        name: 'readMetrics',
        tag: 'System',
        schema: { answer: { 200: metricsAnswer } },
        media: { answer: 'text/plain' },
      }),
      get(
        '/.well-known/jwks.json',
        ({ nowMs }) => json(200, jwks(Math.floor(nowMs / 1000)), { 'cache-control': 'public, max-age=300' }),
        {
          needs: 'nobody',
          answers: [200],
          summary: 'Keys that verify our tokens',
          name: 'readKeys',
          tag: 'System',
          schema: { answer: { 200: keysAnswer } },
        },
      ),
    ],
  }
}

const exact = { additionalProperties: false } as const

const healthAnswer = Type.Object({ status: Type.Enum(['ok', 'unavailable']) }, { ...exact, title: 'Health' })

const metricsAnswer = Type.String({
  maxLength: 10_000_000,
  pattern: '^# ',
  description: "Prometheus's text format",
})

const keysAnswer = Type.Object(
  {
    keys: Type.Array(
      Type.Object(
        {
          kty: Type.Enum(['OKP']),
          crv: Type.Enum(['Ed25519']),
          alg: Type.Enum(['EdDSA', 'Ed25519']),
          use: Type.Enum(['sig']),
          kid: Type.String({ maxLength: 100, pattern: '^[\\w-]+$' }),
          x: Type.String({ maxLength: 100, pattern: '^[\\w-]+$' }),
        },
        exact,
      ),
      { maxItems: 100 },
    ),
  },
  { ...exact, title: 'KeySet', description: 'Public keys (RFC 7517)' },
)

const about: About = {
  title: 'Roster: the node itself',
  description: 'What machines ask of a node, whatever contracts it serves.',
  tags: { System: 'What machines ask of a node.' },
  refusal: {
    type: 'application/json',
    schema: Type.Object(
      {
        error: Type.Object({ code: Type.String({ maxLength: 50, pattern: '^[A-Z_]+$' }) }, exact),
        status: Type.Integer({ format: 'int32', minimum: 400, maximum: 599 }),
      },
      { ...exact, title: 'SystemError' },
    ),
  },
}
