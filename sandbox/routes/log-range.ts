import * as v from 'valibot'

const number = v.optional(
  v.pipe(
    v.string(),
    v.regex(
      /^\d{1,15}$/,
      ({ input }) => `"limit", "after" and "newest" must be whole numbers, got "${input}".`,
    ),
    v.transform(Number),
  ),
)
/** The query of a log: a part from after an entry, or the newest entries. */
export const logRange = v.object({ limit: number, after: number, newest: number })
