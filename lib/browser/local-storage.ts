/** `undefined` where storage is forbidden, which is a `SecurityError` when it is touched, or cannot be read. */
export function localStorageOrNone(): Storage | undefined {
  try {
    localStorage.getItem('')
    return localStorage
  } catch {
    return undefined
  }
}
