/** An answer with an error status. Its message is the sandbox's own sentence, if the answer has one. */
export class RequestError extends Error {
  /**
   * @param {number} status
   * @param {string} message
   */
  constructor(status, message) {
    super(message)
    this.status = status
  }
}

/**
 * @param {string} path
 * @param {{ method?: string, body?: unknown, headers?: Record<string, string> }} [options] `body` is sent as JSON
 */
export async function requestJson(path, { method = 'GET', body, headers = {} } = {}) {
  const response = await fetch(path, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const answer = await response.json().catch(() => ({}))
  if (!response.ok)
    throw new RequestError(response.status, answer.message ?? `${path} answered ${response.status}`)
  return answer
}

/** The sentence that explains an error to the reader. @param {unknown} error */
export const sentenceOf = (error) =>
  error instanceof RequestError ? error.message : 'The sandbox does not answer.'
