/* Runs in the browser, behind the reference's own script. Nothing is fetched from anywhere but this server. */

const place = document.getElementById('reference')

globalThis.Scalar.createApiReference(place, {
  url: place.dataset.description,
  telemetry: false,
  withDefaultFonts: false,
  proxyUrl: '',
  hideClientButton: true,
  agent: { disabled: true },
  mcp: { disabled: true },
  showDeveloperTools: 'never',
  authentication: { preferredSecurityScheme: 'bearer' },
})
