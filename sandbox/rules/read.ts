import { type GenericSchema, type InferOutput, safeParse } from 'valibot'
import type { Read } from '../../protocol/form.ts'

/** Checks a value of a request against a schema. A refusal has the message of the first check that fails. */
export function read<Schema extends GenericSchema>(
  schema: Schema,
  input: unknown,
): Read<InferOutput<Schema>> {
  const { success, output, issues } = safeParse(schema, input, { abortEarly: true, abortPipeEarly: true })
  return success ? { value: output } : { refusal: { status: 400, message: issues[0].message } }
}
