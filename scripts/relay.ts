// `npm run relay`: a relay to the demo app of a sandbox that runs on this machine (`npm start`), for its demo shop.
process.env.USERCOM_TOKEN ??= 'demo-token'
process.argv.splice(
  2,
  0,
  '--url',
  'http://localhost:4400/api/public/',
  ...['localhost', '127.0.0.1'].flatMap((host) => ['--origin', `http://${host}:4400`]),
)
await import('../relay/command.ts')

export {}
