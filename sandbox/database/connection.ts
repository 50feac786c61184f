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
  close(): void
}

/** @throws where the file cannot be opened */
export function connect(file: string): Database {
  const db = new Libsql(file)
  return {
    prepare: (sql) => statement(db.prepare(sql)),
    exec: (sql) => void db.exec(sql),
    // Takes the right to write at once: to ask for it midway fails where another process wrote in between.
    transaction: (work) => db.transaction(work).immediate() as ReturnType<typeof work>,
    close: () => void db.close(),
  }
}

function statement(prepared: Libsql.Statement<unknown[]>): Statement {
  return {
    get: (...values) => toRow(prepared.get(values.map(toColumn))),
    all: (...values) => prepared.all(values.map(toColumn)).map(toRow),
    run: (...values) => prepared.run(values.map(toColumn)),
  }
}

const toColumn = (value: Value): Value => (typeof value === 'string' ? toSafeText(value) : value)

/** The columns of a row, without the timing that libsql puts beside them. */
function toRow(row: unknown): unknown {
  if (row === undefined) return undefined
  return Object.fromEntries(
    Object.entries(row as object)
      .filter(([column]) => column !== '_metadata')
      .map(([column, value]) => [column, typeof value === 'string' ? fromSafeText(value) : value]),
  )
}
