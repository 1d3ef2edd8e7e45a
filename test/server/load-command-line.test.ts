/** The command lines of the load and the soak: what they take, and what they say of a mistake before anything starts. */
import { expect, test } from 'vitest';
import { readCommandLine } from '../load/command-line.ts';

const OPTIONS = {
  title: 'Something is measured.',
  command: 'npm run measure',
  numbers: {
    seconds: { unset: 60, least: 1, says: 'how long' },
    minutes: { unset: 10, least: 0.1, isWhole: false, says: 'how much longer' },
  },
  flags: { kill: 'also kills' },
};
const read = (...args: string[]) => readCommandLine(args, OPTIONS);

test('what is not said is as the help says', () => {
  expect(read()).toEqual({ numbers: { seconds: 60, minutes: 10 }, flags: { kill: false } });
});

test('numbers and flags are read in either form', () => {
  expect(read('--seconds', '5', '--minutes=0.5', '--kill')).toEqual({
    numbers: { seconds: 5, minutes: 0.5 },
    flags: { kill: true },
  });
});

test('help tells of every option, whatever stands beside it', () => {
  expect(read('--seconds', 'x', '--help')).toEqual({
    help: `Something is measured.

  npm run measure -- [options]

  --seconds <number>    how long (default 60)
  --minutes <number>    how much longer (default 10)
  --kill                also kills
  --help                this text
`,
  });
});

test.each([
  [['--seconds', 'abc'], '--seconds must be a whole number from 1 to 10000.'],
  [['--seconds', '0'], '--seconds must be a whole number from 1 to 10000.'],
  [['--seconds', '1.5'], '--seconds must be a whole number from 1 to 10000.'],
  [['--seconds', '1e9'], '--seconds must be a whole number from 1 to 10000.'],
  [['--seconds', ''], '--seconds must be a whole number from 1 to 10000.'],
  [['--seconds'], '--seconds must be a whole number from 1 to 10000.'],
  [['--minutes=-1'], '--minutes must be a number from 0.1 to 10000.'],
  [['--kill=yes'], '--kill takes no value.'],
  [['--nothing'], 'There is no option --nothing.'],
  [['--constructor'], 'There is no option --constructor.'],
  [['word'], '"word" is not an option.'],
])('%j is a mistake that is said', (args, problem) => {
  expect(read(...args)).toEqual({ problems: [problem] });
});

test('all mistakes are said at once', () => {
  expect(read('--seconds=x', '--minutes=y', 'z')).toEqual({
    problems: [
      '"z" is not an option.',
      '--seconds must be a whole number from 1 to 10000.',
      '--minutes must be a number from 0.1 to 10000.',
    ],
  });
});
