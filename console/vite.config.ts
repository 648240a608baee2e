import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Addresses are relative: the server puts the console wherever its public address is. */
export default defineConfig({
  root: at('.'),
  base: './',
  plugins: [react()],
  resolve: {
    alias: {
      '@sudigital/client': at('../clients/typescript/src/index.ts'),
    },
  },
  worker: { format: 'es' },
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(['/api', '/avatars'].map((path) => [path, 'http://localhost:3001'])),
  },
  build: {
    outDir: 'dist',
    target: 'es2023',
    sourcemap: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        // What every page needs, what every page needs of whoever is signed in, and what some have in common, in pieces of some size:
        // else a first page comes in seventy files.
        codeSplitting: {
          groups: [
            { name: 'first', tags: ['$initial'] },
            { name: 'frame', test: /console.src.frame.frame\.tsx/ },
            { name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 40_000 },
          ],
        },
        // The bundler names a piece after all pages that share it.
        chunkFileNames: ({ name }) => `assets/${name.replace(/~.*/, '')}-[hash].js`,
      },
    },
  },
})
