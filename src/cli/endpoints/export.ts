import type { EndpointTarget } from '../../../runtime/worker/index.js';
import type { Endpoint } from '../../check/facts.js';
import { shellOption, targetOptions } from './words.js';

/** How endpoints are written down for other tools. */
export const exportFormats = ['temporal', 'tcld', 'terraform'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** An endpoint with its target. */
export type DefinedEndpoint = Endpoint & { readonly target: EndpointTarget };

export interface Exported {
  readonly text: string;
  /** Endpoints that the tool has no words for, and why. */
  readonly left: readonly { readonly name: string; readonly why: string }[];
}

/** Endpoints as commands of the Temporal CLI, of tcld, or as resources of Terraform. */
export function exportEndpoints(endpoints: readonly DefinedEndpoint[], format: ExportFormat): Exported {
  const isCloud = format !== 'temporal';
  const why = 'Temporal Cloud has no endpoints that lead to a URL';
  const left = isCloud ? endpoints.filter(({ target }) => 'external' in target).map(({ name }) => ({ name, why })) : [];
  const rest = endpoints.filter(({ name }) => !left.some((one) => one.name === name));
  const separator = format === 'terraform' ? '\n' : '';
  return { text: rest.map(writers[format]).join(separator), left };
}

const writers: Readonly<Record<ExportFormat, (endpoint: DefinedEndpoint) => string>> = {
  temporal: ({ name, target, description }) =>
    command('temporal operator nexus endpoint create', [
      shellOption('name', name),
      ...targetOptions(target),
      ...(description === undefined ? [] : [shellOption('description', description)]),
    ]),
  tcld: ({ name, target, description, allowedCallers = [] }) =>
    command('tcld nexus endpoint create', [
      shellOption('name', name),
      ...targetOptions(target),
      ...allowedCallers.map((caller) => shellOption('allow-namespace', caller)),
      ...(description === undefined ? [] : [shellOption('description', description)]),
    ]),
  terraform: terraformResource,
};

function command(words: string, options: readonly string[]): string {
  return `${[words, ...options].join(' \\\n  ')}\n`;
}

function terraformResource({ name, target, description, allowedCallers = [] }: DefinedEndpoint): string {
  if ('external' in target) return '';
  const { namespace, taskQueue } = target.worker;
  const width = description === undefined ? 0 : 'description'.length;
  const row = (key: string, value: string) => `  ${key.padEnd(width)} = ${value}`;
  return [
    `resource "temporalcloud_nexus_endpoint" ${hclText(name)} {`,
    row('name', hclText(name)),
    ...(description === undefined ? [] : [row('description', hclText(description))]),
    '  worker_target = {',
    `    namespace_id = ${hclText(namespace)}`,
    `    task_queue   = ${hclText(taskQueue)}`,
    '  }',
    `  allowed_caller_namespaces = [${allowedCallers.map(hclText).join(', ')}]`,
    '}',
    '',
  ].join('\n');
}

/** A text of HCL. What would begin a template is written as an escape. */
function hclText(text: string): string {
  const escaped = text
    .replace(/[\\"]/g, '\\$&')
    .replace(/[$%]+(?=\{)/g, (signs) => signs.replace(/./g, (one) => unicodeEscape(one.codePointAt(0)!)))
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (one) => unicodeEscape(one.codePointAt(0)!));
  return `"${escaped}"`;
}

function unicodeEscape(code: number): string {
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
