declare global {
  interface Navigator {
    readonly globalPrivacyControl?: boolean
  }
}

/** Whether the visitor's browser asks for privacy by Global Privacy Control (https://w3c.github.io/gpc/). */
export const isPrivacyRequested = (): boolean => navigator.globalPrivacyControl === true
