import Libsql from 'libsql'
import { fromSafeText, toSafeText } from './safe-text.ts'

/** A value of a column. libsql ends the whole process if it gets any other type, such as a boolean. */
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
  /** Runs `work` in a transaction. If `work` throws, nothing of it remains. */
  transaction<T>(work: () => T): T
  /** Does the same for a part of a transaction. */
  savepoint<T>(work: () => T): T
  close(): void
}

/**
 * @param busyTimeoutMs time limit of a statement that waits for another process to finish writing
 * @throws if the file cannot be opened
 */
export function connect(file: string, busyTimeoutMs = 0): Database {
  const db = new Libsql(file)
  db.prepare(`PRAGMA busy_timeout = ${busyTimeoutMs}`).get([])
  return {
    prepare: (sql) => statement(db.prepare(sql)),
    exec: (sql) => void db.exec(sql),
    // Immediate: SQLite refuses to upgrade a read transaction if another process wrote in between
    // (https://www.sqlite.org/lang_transaction.html).
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

/** Switches a statement to rows without names, which takes half the time. Returns the names of the columns. */
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
