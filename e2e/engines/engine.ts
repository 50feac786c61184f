/** A browser engine, independent of its driver. */
export interface Engine {
  /** A new visitor, who shares nothing with others. */
  visitor(): Promise<Visitor>
  close(): Promise<void>
}

export interface Visitor {
  tab(): Promise<Tab>
  /** Closes all tabs, and forgets what they have stored. */
  leave(): Promise<void>
}

export interface Tab {
  goto(url: string): Promise<void>
  /** Runs a function in the page. It is passed as text, so that it sees nothing but its argument. */
  run<Given, Result>(work: (given: Given) => Result | Promise<Result>, given: Given): Promise<Result>
  close(): Promise<void>
}

/** An engine of this machine, or the reason why it is missing. */
export type Found = { name: string } & ({ by: string; start(): Promise<Engine> } | { missing: string })
