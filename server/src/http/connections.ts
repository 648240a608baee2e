import type { Server as HttpServer, IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { limits } from '../core/limits.ts'
import { refuseOnSocket } from './client-errors.ts'
import { createServer } from './node-http.ts'
import { type Atlas, originForm, readPath } from './routing.ts'

/** How long a caller may take; what takes longer is cut off. */
export interface Timeouts {
  readonly headersMs: number
  /** For the whole of a request to arrive. */
  readonly requestMs: number
  /** Between two requests on a connection. */
  readonly keepAliveMs: number
  /** In which nothing moves on a connection, while answering too. */
  readonly silenceMs: number
  readonly checkEveryMs: number
}

export const defaultTimeouts: Timeouts = {
  headersMs: 10_000,
  requestMs: 30_000,
  keepAliveMs: 72_000,
  silenceMs: 120_000,
  checkEveryMs: 2_000,
}

/** The connections of one server. */
export interface Connections {
  readonly serve: (listener: RequestListener) => HttpServer
  /** Hangs up, now and from now on, on who has asked for nothing yet: node does not count them as idle. */
  dropUnused(): void
}

/** Node answers some requests by itself, bare; here all of them are brought before the listener, or get their contract's answer. */
export function openConnections(atlas: Atlas, timeouts: Timeouts): Connections {
  const unused = new Set<Socket>()
  let dropping = false

  function greet(socket: Socket) {
    if (dropping) socket.destroy()
    unused.add(socket)
    socket.once('close', () => unused.delete(socket))
  }

  function refuseTunnel(request: IncomingMessage, socket: Socket) {
    const { contract } = atlas.at(readPath(request.url ?? '/').written)
    refuseOnSocket(socket, contract, { code: 'bad_request' })
  }

  return {
    serve(listener) {
      const bring = (request: IncomingMessage, response: ServerResponse) => {
        unused.delete(request.socket)
        request.url = originForm(request.url ?? '/')
        listener(request, response)
      }
      const server = createServer(optionsFrom(timeouts), bring)
      server.setTimeout(timeouts.silenceMs)
      server.on('connection', greet)
      server.on('checkContinue', bring)
      server.on('checkExpectation', bring)
      server.on('connect', refuseTunnel)
      return server
    },
    dropUnused() {
      dropping = true
      for (const socket of unused) socket.destroy()
    },
  }
}

function optionsFrom(timeouts: Timeouts) {
  return {
    maxHeaderSize: limits.headerBytesMax,
    headersTimeout: timeouts.headersMs,
    requestTimeout: timeouts.requestMs,
    keepAliveTimeout: timeouts.keepAliveMs,
    connectionsCheckingInterval: timeouts.checkEveryMs,
    /** A request without a host is refused with the others. */
    requireHostHeader: false,
  }
}
