declare global {
  interface Navigator {
    readonly globalPrivacyControl?: boolean
  }
}

/** Whether the visitor's browser asks not to share what it tells (https://w3c.github.io/gpc/). */
export const isPrivacyAskedFor = (): boolean => navigator.globalPrivacyControl === true
