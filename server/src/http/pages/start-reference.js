/* Runs in the browser, behind the reference's own script. Nothing is fetched from anywhere but this server. */

const place = document.getElementById('reference')

/**
 * A page may speak only to the server it came from, so what is tried out goes there, under whatever name somebody opened the page: `localhost`
 * where the description says `127.0.0.1`.
 */
function servedFromHere(key, value) {
  if (key !== 'servers' || !Array.isArray(value)) return value
  return value.map((server) => ({ ...server, url: location.origin + new URL(server.url).pathname.replace(/\/$/, '') }))
}

async function start() {
  const answer = await fetch(place.dataset.description)
  if (!answer.ok) throw new Error(`the description is answered with ${answer.status}`)
  globalThis.Scalar.createApiReference(place, {
    content: JSON.parse(await answer.text(), servedFromHere),
    telemetry: false,
    withDefaultFonts: false,
    proxyUrl: '',
    hideClientButton: true,
    agent: { disabled: true },
    mcp: { disabled: true },
    showDeveloperTools: 'never',
    authentication: { preferredSecurityScheme: 'bearer' },
  })
}

start().catch((thrown) => {
  place.textContent = 'The description cannot be loaded. Please try again later.'
  throw thrown
})
