/** `npm run doctor`: checks configured institutions against their real banks, and says what mends what. */
import { environment } from '../config.ts';
import { createDirectory } from '../directory.ts';
import { HELP, readCommand } from './doctor-command.ts';
import { examine } from './doctor-examine.ts';
import { type Report, renderText, toJson } from './doctor-report.ts';
import { watchReader } from './reader.ts';

const EXIT = { well: 0, failed: 1, notStarted: 2 };

async function main(): Promise<number> {
  const isReaderGone = watchReader();
  const env = environment();
  const command = readCommand(process.argv.slice(2), env);
  if (command.kind === 'help') {
    process.stdout.write(HELP);
    return EXIT.well;
  }
  if (command.kind === 'refused') {
    process.stderr.write(`${command.problems.join('\n')}\n`);
    return EXIT.notStarted;
  }
  const { chosen, all, isFromFile, valkey, asJson } = command;
  const directory = createDirectory(all);
  // https://no-color.org: set and not empty.
  const inColour = process.stdout.isTTY && (env['NO_COLOR'] ?? '') === '';
  const reports: Report[] = [];
  // One after the other: hundreds at once would look like an attack to whatever stands in front.
  for (const institution of chosen) {
    const cookieIsFirstParty = directory.cookieIsFirstParty(institution);
    const surroundings = { cookieIsFirstParty, isFromFile, valkey };
    const report = { institution, findings: await examine(institution, surroundings) };
    if (!asJson) process.stdout.write(`${reports.length > 0 ? '\n' : ''}${renderText(report, inColour)}`);
    reports.push(report);
    if (isReaderGone()) break;
  }
  if (asJson) {
    const [first, ...others] = reports.map(toJson);
    process.stdout.write(`${JSON.stringify(others.length === 0 ? first : [first, ...others], null, 2)}\n`);
  }
  const failed = reports.some(({ findings }) => findings.some(({ status }) => status === 'fail'));
  return failed ? EXIT.failed : EXIT.well;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(
      `The doctor could not start (${error instanceof Error ? error.name : 'unknown'}).\n`,
    );
    process.exitCode = EXIT.notStarted;
  },
);
