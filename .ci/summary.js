/** Prints one closing line for the test run, and fails when a test failed or was skipped. */
import { readFileSync } from 'node:fs';

let results;
try {
  results = JSON.parse(readFileSync('node_modules/.cache/test-results.json', 'utf8'));
} catch {
  process.stdout.write('0 passed, 1 failed, 0 skipped\n');
  process.exit(1);
}
const passed = results.numPassedTests;
const failed = results.numFailedTests + (results.success || results.numFailedTests > 0 ? 0 : 1);
const skipped = results.numPendingTests + results.numTodoTests;
for (const { assertionResults } of results.testResults) {
  for (const { status, fullName } of assertionResults) {
    if (status !== 'passed') process.stdout.write(`${status}: ${fullName}\n`);
  }
}
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exit(failed + skipped === 0 ? 0 : 1);
