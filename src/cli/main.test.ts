import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { memoryHost } from '../host.js';
import { version } from '../version.js';
import { commands } from './commands.js';
import { main } from './main.js';

async function run(...argv: string[]) {
  const said = { out: '', err: '' };
  const terminal = {
    env: {},
    interactive: false,
    out: (text: string) => void (said.out += text),
    err: (text: string) => void (said.err += text),
  };
  const code = await main(argv, terminal, memoryHost({ 'a.twf': '' }, '/home'));
  return { code, ...said };
}

test('the version is that of the package', async () => {
  const { version: packaged } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(version).toBe(packaged);
  expect(await run('--version')).toEqual({ code: 0, out: `${packaged}\n`, err: '' });
  expect(await run('check', '--version')).toEqual({ code: 0, out: `${packaged}\n`, err: '' });
});

describe('help', () => {
  test('of twfc names every command', async () => {
    const { code, out, err } = await run('--help');
    expect([code, err]).toEqual([0, '']);
    for (const { name } of commands) expect(out).toContain(`\n  ${name} `);
    expect(await run('help')).toEqual({ code, out, err });
    expect(await run()).toEqual({ code: 2, out: '', err: out });
  });

  test('of a command names its options', async () => {
    const { code, out } = await run('build', 'a.twf', '--help');
    expect(code).toBe(0);
    expect(out).toContain('Usage: twfc build [paths…] [options]');
    expect(out).toContain('  -o, --out DIR');
    expect(out).toContain('  --max-warnings N');
  });
});

describe('what makes no sense', () => {
  test.each([
    [['chek'], 'error[unknown-command]: There is no command `chek`.', 'Did you mean `check`?'],
    [['./a.twf'], 'error[unknown-command]: There is no command `./a.twf`.', 'To check it: `twfc check ./a.twf`.'],
    [['--quiet', 'check'], 'error[unknown-command]: There is no command `--quiet`.', 'The command comes first'],
    [['zzz'], 'error[unknown-command]: There is no command `zzz`.', 'There are check, build, fmt, types, run'],
    [['build', '--chek'], 'error[unknown-option]: `twfc build` has no option `--chek`.', 'Did you mean `--check`?'],
    [['check', '-z'], 'error[unknown-option]: `twfc check` has no option `-z`.', '`twfc check --help`'],
    [['check', '--quiet=yes'], 'error[option-value]: `--quiet` takes no value.', ''],
    [['build', '--out'], 'error[option-value]: `--out` takes a value: DIR.', ''],
    [['build', '--out', '--check'], 'error[option-value]: `--out` takes a value: DIR.', ''],
    [['build', '-o', ''], 'error[option-value]: `-o` takes a value: DIR.', ''],
    [['check', '--max-warnings', 'few'], 'error[option-value]: `--max-warnings` takes a whole number: N.', ''],
    [['check', '--format', 'xml'], 'error[option-value]: `--format` takes one of `pretty`, `short`, `json`.', ''],
  ])('%j', async (argv, message, help) => {
    const { code, out, err } = await run(...argv);
    expect([code, err]).toEqual([2, '']);
    const [first, ...others] = out.split('\n');
    expect(first).toContain(message);
    expect(others.join('\n')).toContain(help);
    expect(out.match(/^error/gm)).toHaveLength(1);
  });

  test('is said without moving the cursor', async () => {
    const { out } = await run('\u001b[2J');
    expect(out).toContain('There is no command `␛[2J`.');
  });
});
