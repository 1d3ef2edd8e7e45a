/** The guide for a terminal: prose wrapped, every value alone on its line. */
import type { Block, Guide, Problem, Row } from './blocks.ts';

const WIDTH = 78;

export function renderText({ title, institution, introduction, steps, glossary }: Guide): string {
  const heading = `${title}: ${institution}`;
  const words = glossary.map(({ word, meaning }) => `${wrap(word, 2)}\n${wrap(meaning, 6)}`);
  return `${[
    `${heading}\n${'='.repeat(Math.min(heading.length, WIDTH))}`,
    ...introduction.map(renderBlock),
    ...steps.flatMap((step, index) => [
      underlined(`${index + 1}. ${step.title}`),
      ...step.blocks.map(renderBlock),
    ]),
    underlined('Words'),
    words.join('\n'),
  ].join('\n\n')}\n`;
}

function underlined(heading: string): string {
  return `\n${heading}\n${'-'.repeat(heading.length)}`;
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'text':
      return wrap(plain(block.text));
    case 'list':
      return block.items.map((item) => wrap(plain(item), 4, '  - ')).join('\n');
    case 'sequence':
      return block.items.map((item, index) => wrap(plain(item), 5, `  ${index + 1}. `)).join('\n');
    case 'rows': {
      const rows = block.rows.map(renderRow).join('\n\n');
      return block.heading === undefined ? rows : `${block.heading}:\n\n${rows}`;
    }
    case 'drawing':
      return renderDrawing(block);
    case 'problems':
      return block.problems.map(renderProblem).join('\n\n');
  }
}

/** A value is never wrapped: it is selected and copied. */
function renderRow({ field, value, note }: Row): string {
  return [
    ...(field === null ? [] : [`  ${field}`]),
    `      ${value || '_'.repeat(40)}`,
    ...(note === undefined ? [] : [wrap(plain(note), field === null ? 8 : 4)]),
  ].join('\n');
}

function renderProblem({ sign, cause, who, remedy }: Problem): string {
  return [
    wrap(plain(sign), 4, '  * '),
    wrap(plain(cause), 15, '    Why        '),
    wrap(plain(who), 15, '    Who        '),
    wrap(plain(remedy), 15, '    What to do '),
  ].join('\n');
}

function renderDrawing({ title, height, label, callouts }: Extract<Block, { kind: 'drawing' }>): string {
  const inner = 42;
  const line = (left: string, right = '') => `   | ${left}${right.padStart(inner - left.length)} |`;
  const middle = (words: string) => words.padStart(Math.floor((inner + words.length) / 2));
  const rule = `   +${'-'.repeat(inner + 2)}+`;
  const card = [
    rule,
    line(`${title}  (1)`, '...'),
    rule,
    line(''),
    `${line(middle('balances and accounts  (2)'))}  (3)`,
    `${line('')}  ${height}`,
    rule,
    line(middle(`[ ${label} ]  (4)`)),
    rule,
  ];
  const legend = callouts.map(({ field, what }, index) =>
    wrap(`${field}. ${what}`, 8, `   (${index + 1})  `),
  );
  return [...card, '', ...legend].join('\n');
}

/** Without the marks of our own. */
function plain(words: string): string {
  return words.replace(/\*([^*]+)\*/g, '$1').replace(/`([^`]+)`/g, '$1');
}

function wrap(words: string, indent = 0, first = ' '.repeat(indent)): string {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of words.split(' ')) {
    if (!isEmpty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = ' '.repeat(indent);
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line].join('\n');
}
