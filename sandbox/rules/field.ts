import type { Conversion } from '../../protocol/values/conversion.ts'

/** A value after its conversion. `doubt` says why UserEngage itself may not keep it. */
export interface ConvertedValue {
  conversion: Conversion
  doubt?: string | undefined
}

/** A value that a message gives for one field of a profile or company. */
export interface Field extends ConvertedValue {
  name: string
  given: unknown
}
