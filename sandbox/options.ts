import { parseArgs } from 'node:util'

/** The options of the command. */
export interface Options {
  port: number
  /** Absent: loopback only. */
  host: string | undefined
  /** The file of the database. Absent: the default file. */
  data: string | undefined
  /** Print the usage and exit. */
  help: boolean
}

export const usage = `UserEngage on your own machine.

  --port NUMBER    port to listen on; 0 chooses a free one (default: 4400, or the environment's PORT)
  --host ADDRESS   address to listen on; 0.0.0.0 admits other machines (default: this machine only)
  --data FILE      database file, or :memory: (default: .userengage-sandbox/sandbox.db)
  --help           print this help`

/**
 * Reads the command line and the environment.
 *
 * @throws Error with one readable sentence if an option is wrong
 */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): Options {
  const { port: wanted, host, data, help = false } = readArguments(args)
  const given = wanted ?? env.PORT ?? '4400'
  const port = Number(given)
  if (!/^\d+$/.test(given) || port > 65_535) {
    throw new Error(
      `The port must be a number from 0 to 65535, got "${given}" (option --port or environment PORT).`,
    )
  }
  return { port, host, data, help }
}

function readArguments(args: string[]): { port?: string; host?: string; data?: string; help?: boolean } {
  try {
    const text = { type: 'string' } as const
    return parseArgs({ args, options: { port: text, host: text, data: text, help: { type: 'boolean' } } })
      .values
  } catch (error) {
    // The first sentence of Node's long message names the mistake.
    const [mistake] = (error as Error).message.split(/\.\s/)
    throw new Error(`${mistake}; the options are --port NUMBER, --host ADDRESS and --data FILE.`)
  }
}
