/** `undefined` where storage is forbidden: to touch it is a `SecurityError` then. */
export function localStorageOrNone(): Storage | undefined {
  try {
    return localStorage
  } catch {
    return undefined
  }
}
