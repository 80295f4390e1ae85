import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { memoryHost } from '../../host.js';
import { main } from '../main.js';
import { type DefinedEndpoint, exportEndpoints, exportFormats } from './export.js';

const hostile = [
  'plain',
  '',
  "it's",
  'a "quoted" one',
  '$(touch /tmp/x) `id` ${HOME} $HOME \\$x \\',
  '%{ if true }x%{ endif } $${y} %%{z}',
  '-rf',
  '--name=other',
  'two\nlines\r\n\ttab',
  '; rm -rf / & | < > * ? [a] {b,c} ~ # !x',
  '\u001b[2J\u0007\u202e\u2028 é 😀',
];

const endpoint = (target: DefinedEndpoint['target'], description?: string, allowedCallers?: readonly string[]) => ({
  name: 'Payments',
  definition: undefined,
  target,
  isServed: true,
  services: [],
  family: undefined,
  description,
  allowedCallers,
});
const worker = (namespace: string, taskQueue: string) => ({ worker: { namespace, taskQueue } });

/** The words that a shell makes of a command: what follows its name. */
function shellWords(text: string, command: string): string[] {
  const script = `${command}() { printf '%s\\0' "$@"; }\n${text}`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

/** The values of options, whichever way they are written. */
function values(words: readonly string[], option: string): string[] {
  return words.flatMap((word, at) => {
    if (word === `--${option}`) return [words[at + 1]!];
    return word.startsWith(`--${option}=`) ? [word.slice(option.length + 3)] : [];
  });
}

describe.each(hostile)('%j', (text) => {
  test.each(['temporal', 'tcld'] as const)('is one word of the shell in a command of %s', (format) => {
    const one = endpoint(worker(text, text), text, [text, 'other']);
    const words = shellWords(exportEndpoints([one], format).text, format);
    expect(values(words, 'name')).toEqual(['Payments']);
    expect(values(words, 'target-namespace')).toEqual([text]);
    expect(values(words, 'target-task-queue')).toEqual([text]);
    expect(values(words, 'description')).toEqual([text]);
    expect(values(words, 'allow-namespace')).toEqual(format === 'tcld' ? [text, 'other'] : []);
  });

  test('is one text of Terraform', () => {
    const { text: written } = exportEndpoints([endpoint(worker('a', 'b'), text)], 'terraform');
    const lines = written.split('\n');
    expect(lines).toHaveLength(10);
    const quoted = lines[2]!.replace(/^ {2}description = /, '');
    expect(quoted).toMatch(/^"(?:[^"\\]|\\.)*"$/);
    expect(quoted).not.toMatch(/[$%]\{/);
    expect(read(quoted)).toBe(text);
  });
});

/** What a text of HCL stands for, by its rules for escapes. */
function read(quoted: string): string {
  const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
  return quoted
    .slice(1, -1)
    .replace(/\\U(.{8})|\\u(.{4})|\\(.)/g, (_, long?: string, short?: string, one?: string) =>
      one === undefined ? String.fromCodePoint(Number.parseInt((long ?? short)!, 16)) : (escapes[one] ?? one),
    );
}

test('what a tool has no words for is left out', () => {
  const all = [endpoint({ external: { url: 'https://x.example.com/?a=b&c' } }), endpoint(worker('a', 'b'))];
  expect(exportEndpoints(all.slice(0, 1), 'temporal').text).toBe(
    "temporal operator nexus endpoint create \\\n  --name Payments \\\n  --target-url 'https://x.example.com/?a=b&c'\n",
  );
  for (const format of exportFormats.filter((one) => one !== 'temporal')) {
    const renamed = all.map((one, at) => ({ ...one, name: `E${at}` }));
    expect(exportEndpoints(renamed, format).left.map(({ name }) => name)).toEqual(['E0']);
  }
});

test('the command prints what a program defines, under the names of its namespaces on the service', async () => {
  const said = { out: '', err: '' };
  const terminal = {
    env: {},
    interactive: false,
    out: (one: string) => void (said.out += one),
    err: (one: string) => void (said.err += one),
  };
  const files = {
    'twfc.json': JSON.stringify({ namespaces: { payments: { name: 'payments.a1b2c' }, orders: { name: 'orders.x' } } }),
    'a.twf': `nexus_endpoint Payments:
    target_namespace: payments
    target_task_queue: payments-worker
    description: "Takes payments"
    allowed_caller_namespaces: [orders, default]

nexus_endpoint Legacy:
    target_url: "https://x.example.com"
    services: [PaymentsService]

nexus_service PaymentsService:
    operation Charge(amount: decimal) -> string
`,
  };
  const code = await main(['endpoints', 'export', '--format', 'terraform'], terminal, memoryHost(files, '/home'));
  expect(code).toBe(0);
  expect(said.out).toBe(`resource "temporalcloud_nexus_endpoint" "Payments" {
  name        = "Payments"
  description = "Takes payments"
  worker_target = {
    namespace_id = "payments.a1b2c"
    task_queue   = "payments-worker"
  }
  allowed_caller_namespaces = ["orders.x", "default"]
}
`);
  expect(said.err).toBe('`Legacy` is left out: Temporal Cloud has no endpoints that lead to a URL.\n');
});
