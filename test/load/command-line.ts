/** What the load and the soak are told on their command line: numbers and flags, or a sentence for each mistake. */
import { parseArgs } from 'node:util';

export interface NumberOption {
  unset: number;
  least: number;
  /** Unless parts of one make sense. */
  isWhole?: boolean;
  says: string;
}

export interface Options<N extends string, F extends string> {
  /** First line of the help. */
  title: string;
  command: string;
  numbers: Record<N, NumberOption>;
  /** What each says. */
  flags: Record<F, string>;
}

export type CommandLine<N extends string, F extends string> =
  | { help: string }
  | { problems: string[] }
  | { numbers: Record<N, number>; flags: Record<F, boolean> };

export function readCommandLine<N extends string, F extends string>(
  args: string[],
  options: Options<N, F>,
): CommandLine<N, F> {
  const numbers = Object.entries<NumberOption>(options.numbers);
  const flags = Object.keys(options.flags);
  const known = {
    ...Object.fromEntries(numbers.map(([name]) => [name, { type: 'string' as const }])),
    ...Object.fromEntries(['help', ...flags].map((name) => [name, { type: 'boolean' as const }])),
  };
  const { values, tokens } = parseArgs({ args, options: known, strict: false, tokens: true });
  if (values['help'] === true) return { help: helpOf(options) };
  const problems = tokens.flatMap((token) => {
    if (token.kind === 'positional') return [`"${token.value}" is not an option.`];
    if (token.kind !== 'option') return [];
    if (!Object.hasOwn(known, token.name)) return [`There is no option ${token.rawName}.`];
    const isFlag = known[token.name]?.type === 'boolean';
    return isFlag && token.value !== undefined ? [`${token.rawName} takes no value.`] : [];
  });
  const read = ([name, option]: [string, NumberOption]) => {
    const { unset, least, isWhole = true } = option;
    const text = Object.hasOwn(values, name) ? values[name] : `${unset}`;
    const value = typeof text === 'string' && text !== '' ? Number(text) : Number.NaN;
    if (value >= least && value <= MOST && (Number.isInteger(value) || !isWhole)) return [name, value];
    problems.push(`--${name} must be ${isWhole ? 'a whole number' : 'a number'} from ${least} to ${MOST}.`);
    return [name, unset];
  };
  const given = Object.fromEntries(numbers.map(read)) as Record<N, number>;
  if (problems.length > 0) return { problems };
  const isSet = Object.fromEntries(flags.map((name) => [name, values[name] === true]));
  return { numbers: given, flags: isSet as Record<F, boolean> };
}

/** Ends the process after the help (with 0), and after a mistake (with 1). */
export function commandLineOrExit<N extends string, F extends string>(options: Options<N, F>) {
  const read = readCommandLine(process.argv.slice(2), options);
  if ('numbers' in read) return read;
  if ('help' in read) process.stdout.write(read.help);
  else process.stderr.write(`${read.problems.join('\n')}\n--help tells of all options.\n`);
  process.exit('help' in read ? 0 : 1);
}

/** Far more than any machine or patience has; timers take no more milliseconds than 32 bits hold. */
const MOST = 10_000;

function helpOf<N extends string, F extends string>({ title, command, numbers, flags }: Options<N, F>) {
  const lines = [
    ...Object.entries<NumberOption>(numbers).map(([name, { says, unset }]) => [
      `--${name} <number>`,
      `${says} (default ${unset})`,
    ]),
    ...Object.entries<string>(flags).map(([name, says]) => [`--${name}`, says]),
    ['--help', 'this text'],
  ];
  const told = lines.map(([option = '', says]) => `  ${option.padEnd(22)}${says}\n`);
  return `${title}\n\n  ${command} -- [options]\n\n${told.join('')}`;
}
