/** Starts the sandbox bank from the command line. */
import { startBank } from './bank.ts';
import { HELP, readCommandLine } from './command-line.ts';
import type { Bank, BankOptions } from './options.ts';

const EXIT_CANNOT_START = 1;
const EXIT_WRONG_USAGE = 2;

const commandLine = readCommandLine(process.argv.slice(2));
if ('help' in commandLine) process.stdout.write(HELP);
else if ('problems' in commandLine) complain([...commandLine.problems, 'Try --help.'], EXIT_WRONG_USAGE);
else await run(commandLine.options);

async function run(options: BankOptions): Promise<void> {
  try {
    const bank = await startBank(options);
    process.stdout.write(describe(bank, options));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void bank.close());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    complain([`The bank cannot start at ${options.origin}: ${reason}.`], EXIT_CANNOT_START);
  }
}

function complain(problems: string[], exitCode: number): void {
  process.stderr.write(`${problems.join('\n')}\n`);
  process.exitCode = exitCode;
}

function describe(bank: Bank, { clients }: BankOptions): string {
  const lines = clients.flatMap(({ clientId, redirectUris }) => [
    `  ${clientId}`,
    ...redirectUris.map((uri) => `    ${uri}`),
  ]);
  const secret = clients.find(({ clientId }) => clientId === 'sandbox-client')?.clientSecret;
  if (secret !== undefined) lines.splice(1, 0, `    secret ${secret}`);
  return `The sandbox bank is open.

Dashboard       ${bank.origin}/
Issuer          ${bank.issuer}
Institution id  ${bank.institutionId}
Switches        ${bank.origin}/sandbox/switches
Clients and their Redirect URIs
${lines.join('\n')}
`;
}
