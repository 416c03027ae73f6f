import { PHASE_DEVELOPMENT_SERVER } from 'next/constants.js'

/**
 * What a page may load and send, and where: to this server alone. Next writes its data into pages as inline scripts;
 * React's development build evaluates code to show where an error came from.
 */
function contentSecurityPolicy(isDevelopment) {
  return [
    "default-src 'self'",
    `script-src 'self' 'unsafe-inline'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** @returns {import('next').NextConfig} */
export default function config(phase) {
  return {
    reactStrictMode: true,
    poweredByHeader: false,
    // `npm run verify` checks types, tests included; a build must not fail over a half-written test.
    typescript: { ignoreBuildErrors: true },
    // Native or dynamically loading packages stay outside the bundle and load once per process.
    serverExternalPackages: ['pg', 'pg-copy-streams', '@node-rs/argon2', 'pino', 'protobufjs', 'undici'],
    headers: async () => [
      {
        source: '/:path*',
        headers: [
          {
            key: 'Content-Security-Policy',
            value: contentSecurityPolicy(phase === PHASE_DEVELOPMENT_SERVER),
          },
          { key: 'X-Content-Type-Options', value: 'nosniff' },
          { key: 'Referrer-Policy', value: 'same-origin' },
          { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
        ],
      },
    ],
  }
}
