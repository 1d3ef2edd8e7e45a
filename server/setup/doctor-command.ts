/** The doctor's command line: which institutions to look at, and how to say what was found. */
import { parseArgs } from 'node:util';
import { nearestName } from '../config/nearest-name.ts';
import type { ValkeyAddress } from '../config/valkey-address.ts';
import { type Config, ConfigError, type Environment, hasInstitutionsFile, loadConfig } from '../config.ts';
import type { Institution } from '../institution.ts';

export const HELP = `Checks a configured institution against its real bank, and the card as it is served.

  npm run doctor                      every configured institution
  npm run doctor -- <institution>     one of them, by its id
  npm run -s doctor -- --json         one JSON document (an array for several institutions)
  npm run doctor -- --help            this text

The configuration comes from the environment, as for npm start. Nothing is changed anywhere: the doctor signs nobody in.

  pass  in order
  warn  works, but look at it
  fail  mend this: the card does not work, or not safely
  skip  could not be looked at, because something else failed

Exit code: 0 nothing failed, 1 something failed, 2 the doctor could not start.
`;

export type Command =
  | { kind: 'help' }
  | { kind: 'refused'; problems: string[] }
  | {
      kind: 'examine';
      asJson: boolean;
      chosen: Institution[];
      all: Institution[];
      isFromFile: boolean;
      valkey: ValkeyAddress | undefined;
    };

export function readCommand(args: string[], env: Environment): Command {
  const refused = (...problems: string[]): Command => ({ kind: 'refused', problems });
  let parsed: { values: { help?: boolean; json?: boolean }; positionals: string[] };
  try {
    const options = { help: { type: 'boolean', short: 'h' }, json: { type: 'boolean' } } as const;
    parsed = parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error), 'Try npm run doctor -- --help');
  }
  const { values, positionals } = parsed;
  if (values.help === true) return { kind: 'help' };
  const [wanted, ...more] = positionals;
  if (more.length > 0) return refused('Name one institution, or none for all of them.');
  let config: Config;
  try {
    config = loadConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return refused(error.message, ...error.problems.map((problem) => `  - ${problem}`));
  }
  const { institutions, valkey } = config;
  const chosen = institutions.filter(({ id }) => wanted === undefined || id === wanted);
  if (chosen.length === 0) {
    const known = institutions.map(({ id }) => id);
    const nearest = nearestName(wanted ?? '', known);
    return refused(
      `There is no institution ${wanted}.${nearest === undefined ? '' : ` Do you mean ${nearest}?`}`,
      `Known are: ${known.join(', ')}`,
    );
  }
  return {
    kind: 'examine',
    asJson: values.json === true,
    chosen,
    all: institutions,
    isFromFile: hasInstitutionsFile(env),
    valkey,
  };
}
