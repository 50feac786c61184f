/** Traits of `group` that fill a field of the company, by UserEngage's page. */
export const companyFields = ['name', 'description', 'email', 'phone', 'address', 'employees'] as const

/** Names that a custom attribute of a company cannot have. */
export const reservedForCompanies: ReadonlySet<string> = new Set(['id', 'custom_id', 'members'])

export const isCompanyField = (name: string): boolean => (companyFields as readonly string[]).includes(name)
