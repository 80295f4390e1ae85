/**
 * Counts what vitest has written with its JSON reporter. A file that could not be loaded, and a failure that belongs to
 * no test, count as one failed test each. Tests that need a Temporal Service carry `meta.service`.
 *
 * @param report the parsed file, or undefined when vitest has written none
 * @param exitCode vitest's
 */
export function count(report, exitCode) {
  const counts = { passed: 0, failed: 0, skipped: 0, service: { ran: 0, skipped: 0 } };
  for (const { status, assertionResults } of report?.testResults ?? []) {
    for (const test of assertionResults) {
      const outcome = test.status === 'passed' || test.status === 'failed' ? test.status : 'skipped';
      counts[outcome]++;
      if (test.meta?.service) counts.service[outcome === 'skipped' ? 'skipped' : 'ran']++;
    }
    if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed')) counts.failed++;
  }
  if (exitCode !== 0 && counts.failed === 0) counts.failed++;
  return counts;
}

/**
 * The last lines of `npm test`.
 *
 * @param failedChecks the names of the other checks that failed
 * @param noService why there is no Temporal Service, if so
 */
export function summary({ passed, failed, skipped, service }, failedChecks, noService) {
  const lines = failedChecks.map((name) => `failed: ${name}`);
  const reason = noService ? ` (${noService})` : '';
  lines.push(`Service tests: ${service.ran} ran, ${service.skipped} skipped${reason}`);
  lines.push(`${passed} passed, ${failed + failedChecks.length} failed, ${skipped} skipped`);
  return lines.join('\n');
}
