import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from '#fastify'
import { limits } from '../core/limits.ts'
import type { Answer, Headers } from './answer.ts'

/**
 * On every answer: browsers take the type as it is said, no cache keeps what was meant for one caller, and one that keeps it by mistake does not
 * show it to another.
 */
export const constantHeaders = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  vary: 'Authorization',
} as const

/** The headers of an answer in full; what it varies by is added to the constant one. */
export function headersOf(answer: Answer, more: Headers = {}): Record<string, string> {
  const headers: Record<string, string> = { ...constantHeaders, ...more, ...answer.headers }
  if (answer.headers?.vary) headers.vary = `${constantHeaders.vary}, ${answer.headers.vary}`
  if (answer.type) headers['content-type'] = answer.type
  return headers
}

/** Sends an answer that may be long. `cut` hears why a stream broke off after its head had been sent. */
export function send(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
  more: Headers,
  cut: (thrown: unknown) => void,
) {
  reply.code(answer.status).headers(headersOf(answer, more))
  if (hasBody(request.raw) && !request.raw.complete) discardRest(request.raw)
  const { body } = answer
  if (body === undefined) return void sendNothing(answer.status, reply)
  if (typeof body === 'string') return void reply.send(body)
  if (body instanceof Uint8Array) return void reply.send(Buffer.from(body.buffer, body.byteOffset, body.byteLength))
  if (request.raw.method === 'HEAD') return void sendHeadOf(body, reply)
  const chunks = Readable.from(body, { highWaterMark: 1 })
  chunks.on('error', (thrown) => {
    if (reply.raw.headersSent) cut(thrown)
  })
  reply.send(chunks)
}

/** HEAD, too, is told that there is nothing; 204 and 304 never have a length (RFC 9110, section 8.6). */
function sendNothing(status: number, reply: FastifyReply) {
  if (status !== 204 && status !== 304) reply.header('content-length', '0')
  reply.send()
}

/** Nothing is read of a stream that nobody will see; its length is not known. */
function sendHeadOf(chunks: AsyncIterable<unknown>, reply: FastifyReply) {
  chunks[Symbol.asyncIterator]()
    .return?.()
    .catch(() => undefined)
  reply.send()
}

export function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length']
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0')
}

/**
 * Lets a caller who was answered early finish sending, so that it reads the answer instead of meeting a closed connection; one who goes on and on
 * is cut off. The time that this takes is bounded with that of the whole request.
 */
function discardRest(request: IncomingMessage) {
  let bytes = 0
  request.on('error', () => undefined)
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > limits.discardedBytesMax) request.destroy()
  })
}
