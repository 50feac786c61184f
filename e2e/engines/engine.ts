/** A browser engine, however it is driven. */
export interface Engine {
  /** A visitor of their own, who shares nothing with others. */
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
  /** Runs a function in the page, as text: it sees nothing but its argument. */
  run<Given, Result>(work: (given: Given) => Result | Promise<Result>, given: Given): Promise<Result>
  close(): Promise<void>
}

/** An engine that this machine has, or why it has it not. */
export type Found = { name: string } & ({ by: string; start(): Promise<Engine> } | { missing: string })
