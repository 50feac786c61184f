/** A value as its definition wants it, or the reason why it cannot be converted. */
export type Conversion = { value: unknown } | { reason: string }
