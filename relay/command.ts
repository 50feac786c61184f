// The command: `userengage-relay` starts a relay, `userengage-relay check` asks an account what documents leave open.
import { check } from './command/check.ts'
import { readCommand, usage } from './command/read-command.ts'
import { run } from './command/run.ts'

const read = readCommand(process.argv.slice(2), process.env)
if ('wrong' in read) {
  console.error(`${read.wrong}\n\n${usage}`)
  process.exit(1)
}
switch (read.name) {
  case 'help':
    console.log(usage)
    break
  case 'check':
    process.exitCode = await check(read.options, { json: read.json, print: console.log })
    break
  case 'run':
    await run(read.options, read)
}
