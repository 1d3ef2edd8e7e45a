/** `npm run setup-guide`: writes the guide as HTML, and shows it in the terminal. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { reasonOf } from '../../config/credentials.ts';
import { environment } from '../../config.ts';
import { watchReader } from '../reader.ts';
import { buildGuide } from './guide.ts';
import { GENERATOR, renderHtml } from './html.ts';
import { EXAMPLE, readSubject, type Subject } from './subject.ts';
import { renderText } from './text.ts';

const HELP = `What an administrator types into Banno People, step by step, for one institution.

  npm run setup-guide                       the institution of PUBLIC_URL and BANNO_URL
  npm run setup-guide <institution>         one of INSTITUTIONS_FILE, by its id
  npm run setup-guide -- --example          a made-up institution, no configuration needed

  -- --html <file>   where the page goes; default setup-guide-<institution>.html in this folder
  -- --help          this

It needs addresses only: the client id and the secret come out of the steps it describes.
`;

const OPTIONS = {
  html: { type: 'string' },
  example: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

function main(): void {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  if (values.help === true) {
    process.stdout.write(HELP);
    return;
  }
  if (positionals.length > 1) throw new Error('One guide is for one institution: name one.');
  const guide = buildGuide(chooseSubject(values.example === true, positionals[0]));
  const { id } = guide;
  const file = resolve(values.html ?? `setup-guide-${id.replace(/[^A-Za-z0-9.-]/g, '-')}.html`);
  writeGuide(file, renderHtml(guide));
  process.stdout.write(`${renderText(guide)}\nThe same as a page, to open, print or send: ${file}\n`);
}

function chooseSubject(isExample: boolean, id: string | undefined): Subject {
  if (isExample) return EXAMPLE;
  const env = environment();
  if (['PUBLIC_URL', 'BANNO_URL', 'INSTITUTIONS_FILE'].every((name) => (env[name] ?? '') === '')) {
    throw new Error(
      'Set PUBLIC_URL (where the card will be reached) and BANNO_URL (your Banno Online), or INSTITUTIONS_FILE. To see what a guide looks like: npm run setup-guide -- --example',
    );
  }
  const problems: string[] = [];
  const subject = readSubject(env, id, (problem) => problems.push(problem));
  if (subject === undefined || problems.length > 0) throw new Error(problems.join('\n'));
  return subject;
}

/** Only a guide is overwritten. */
function writeGuide(file: string, html: string): void {
  const another = 'Choose another file with --html <file>.';
  try {
    if (!existsSync(file) || readFileSync(file, 'utf8').includes(GENERATOR)) {
      writeFileSync(file, html);
      return;
    }
  } catch (error) {
    throw new Error(`The page cannot be written to ${file} (${reasonOf(error)}). ${another}`);
  }
  throw new Error(`${file} exists and is no setup guide. ${another}`);
}

watchReader();
try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
