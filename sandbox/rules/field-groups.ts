/** The names of a profile's or company's values, in the order in which a page shows them. */
export interface FieldGroups {
  /** UserEngage's own fields. */
  standard: readonly string[]
  /** Fields that UserEngage fills from the context of a message: browser and device. Empty for a company. */
  context: readonly string[]
  /** The customer's own attributes. */
  custom: readonly string[]
}
