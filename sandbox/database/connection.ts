import Libsql from 'libsql'
import { fromSafeText, toSafeText } from './safe-text.ts'

/** What a column may hold. Nothing else: libsql ends the whole process at a boolean. */
export type Value = string | number | null
export interface Statement {
  get(...values: Value[]): unknown
  all(...values: Value[]): unknown[]
  run(...values: Value[]): { changes: number; lastInsertRowid: number | bigint }
}

/** A connection to the database. */
export interface Database {
  prepare(sql: string): Statement
  /** Runs statements that take no values. */
  exec(sql: string): void
  /** Runs `work` whole or not at all. */
  transaction<T>(work: () => T): T
  /** The same for a part of a transaction. */
  savepoint<T>(work: () => T): T
  close(): void
}

/**
 * @param patience how long to wait for another process that writes to the file, in milliseconds
 * @throws where the file cannot be opened
 */
export function connect(file: string, patience = 0): Database {
  const db = new Libsql(file)
  db.prepare(`PRAGMA busy_timeout = ${patience}`).get([])
  return {
    prepare: (sql) => statement(db.prepare(sql)),
    exec: (sql) => void db.exec(sql),
    // Takes the right to write at once: to ask for it midway fails where another process wrote in between.
    transaction: (work) => db.transaction(work).immediate() as ReturnType<typeof work>,
    savepoint(work) {
      db.exec('SAVEPOINT part')
      try {
        const result = work()
        db.exec('RELEASE part')
        return result
      } catch (error) {
        db.exec('ROLLBACK TO part; RELEASE part')
        throw error
      }
    },
    close: () => void db.close(),
  }
}

function statement(prepared: Libsql.Statement<unknown[]>): Statement {
  const columns = prepared.reader ? namesOf(prepared) : []
  return {
    get: (...values) => toRow(columns, prepared.get(values.map(toColumn))),
    all: (...values) => prepared.all(values.map(toColumn)).map((row) => toRow(columns, row)),
    run: (...values) => prepared.run(values.map(toColumn)),
  }
}

/** Asks for rows as bare lists of values, which takes half the time of objects, and tells whose they are. */
function namesOf(prepared: Libsql.Statement<unknown[]>): string[] {
  prepared.raw(true)
  return prepared.columns().map(({ name }) => name)
}

const toColumn = (value: Value): Value => (typeof value === 'string' ? toSafeText(value) : value)

function toRow(columns: string[], values: unknown): unknown {
  if (values === undefined) return undefined
  const row: Record<string, unknown> = {}
  ;(values as unknown[]).forEach((value, index) => {
    row[columns[index] as string] = typeof value === 'string' ? fromSafeText(value) : value
  })
  return row
}
