import { parseArgs } from 'node:util'
import { hostNameOf } from './rules/hosts.ts'

/** How the sandbox is started. */
export interface Options {
  port: number
  /** Absent: loopback only. */
  host: string | undefined
  /** Names by which it may be called beside those of loopback and `host`, in lower case. */
  allowed: string[]
  /** Where the database is kept. Absent: where it is by default. */
  data: string | undefined
  /** Only what the options are was asked. */
  help: boolean
}

export const usage = `UserEngage on your own machine.

  --port NUMBER    where it listens (default: 4400, or the environment's PORT)
  --host ADDRESS   lets other machines in, as with 0.0.0.0 (default: this machine only)
  --allow-host NAME  answers requests for this name too, as behind a proxy or in a container; may be given again
  --data FILE      where it keeps what it receives, or :memory: (default: .userengage-sandbox/sandbox.db)
  --help           prints this`

/**
 * Reads the command line and the environment.
 *
 * @throws Error with one readable sentence where they are wrong
 */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): Options {
  const { port: wanted, host, data, help = false, 'allow-host': names = [] } = readArguments(args)
  const given = wanted ?? env.PORT ?? '4400'
  const port = Number(given)
  if (!/^\d+$/.test(given) || port > 65_535) {
    throw new Error(
      `The port must be a number from 0 to 65535, got "${given}" (option --port or environment PORT).`,
    )
  }
  const allowed = names.map((name) => name.toLowerCase())
  const wrong = allowed.find((name) => hostNameOf(name) !== name)
  if (wrong !== undefined) {
    throw new Error(
      `--allow-host must be a host name such as "sandbox.test", without "https://" or a port, got "${wrong}".`,
    )
  }
  return { port, host, allowed, data, help }
}

interface Arguments {
  port?: string
  host?: string
  'allow-host'?: string[]
  data?: string
  help?: boolean
}

function readArguments(args: string[]): Arguments {
  try {
    const text = { type: 'string' } as const
    const options = {
      port: text,
      host: text,
      'allow-host': { type: 'string', multiple: true },
      data: text,
      help: { type: 'boolean' },
    } as const
    return parseArgs({ args, options }).values
  } catch (error) {
    // Node explains at length; its first sentence names the mistake.
    const [mistake] = (error as Error).message.split(/\.\s/)
    throw new Error(
      `${mistake}; the options are --port NUMBER, --host ADDRESS, --allow-host NAME and --data FILE.`,
    )
  }
}
