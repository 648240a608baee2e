/**
 * What Roster takes from Node's HTTP. An `import` of that module asks for each thing it has, of which `WebSocket` loads a whole client for the web:
 * fifty milliseconds of every start.
 */
export const { createServer, STATUS_CODES } = process.getBuiltinModule('node:http')
