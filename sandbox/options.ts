import { parseArgs } from 'node:util'

/** How the sandbox is started. */
export interface Options {
  port: number
  /** Absent: loopback only. */
  host: string | undefined
  /** Where the database is kept. */
  data: string
}

/**
 * Reads the command line and the environment.
 *
 * @throws Error with one readable sentence where they are wrong
 */
export function readOptions(args: string[], env: NodeJS.ProcessEnv, defaultData: string): Options {
  const values = readArguments(args)
  const given = values.port ?? env.PORT ?? '4400'
  const port = Number(given)
  if (!/^\d+$/.test(given) || port > 65_535) {
    throw new Error(
      `The port must be a number from 0 to 65535, got "${given}" (option --port or environment PORT).`,
    )
  }
  return { port, host: values.host, data: values.data ?? defaultData }
}

function readArguments(args: string[]): { port?: string; host?: string; data?: string } {
  try {
    return parseArgs({
      args,
      options: { port: { type: 'string' }, host: { type: 'string' }, data: { type: 'string' } },
    }).values
  } catch (error) {
    // Node explains at length; its first sentence names the mistake.
    const [mistake] = (error as Error).message.split(/\.\s/)
    throw new Error(`${mistake}; the options are --port NUMBER, --host ADDRESS and --data FILE.`)
  }
}
