/** A reporter for Node's test runner that writes how many tests passed and failed, as JSON. A suite is no test. */
export default async function* countReporter(events) {
  const counts = { passed: 0, failed: 0 }
  for await (const { type, data } of events) {
    if (data.details?.type === 'suite' || data.skip !== undefined) continue
    if (type === 'test:pass') counts.passed++
    if (type === 'test:fail') counts.failed++
  }
  yield JSON.stringify(counts)
}
