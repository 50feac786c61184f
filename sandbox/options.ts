import { parseArgs } from 'node:util'
import { hostNameOf } from './routes/hosts.ts'

/** The options of the command. */
export interface Options {
  port: number
  /** Absent: loopback only. */
  host: string | undefined
  /** Names that requests may call it by beside those of loopback and `host`, in lower case. */
  allowed: string[]
  /** The file of the database. Absent: the default file. */
  data: string | undefined
  /** Print the usage and exit. */
  help: boolean
}

export const usage = `UserEngage on your own machine.

  --port NUMBER      port to listen on; 0 chooses a free one (default: 4400, or the environment's PORT)
  --host ADDRESS     address to listen on; 0.0.0.0 admits other machines (default: this machine only)
  --allow-host NAME  host name that requests may call it by, as in a container; can be given again
  --data FILE        database file, or :memory: (default: .userengage-sandbox/sandbox.db)
  --help             print this help`

/**
 * Reads the command line and the environment.
 *
 * @throws Error with one readable sentence if an option is wrong
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
    // The first sentence of Node's long message names the mistake.
    const [mistake] = (error as Error).message.split(/\.\s/)
    throw new Error(
      `${mistake}; the options are --port NUMBER, --host ADDRESS, --allow-host NAME and --data FILE.`,
    )
  }
}
