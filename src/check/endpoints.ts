/** What stands under `nexus_endpoint E:` (grammar/README.md, "Endpoints"). */
import type { Reporter } from '../diagnostics/diagnostic.js';
import type { SourceFile } from '../source.js';
import type { EndpointDef, Name, OptionEntry, Word } from '../syntax/ast.js';
import { memberName, paramsOf } from '../syntax/family.js';
import { constantWord } from '../options/constant.js';
import { canonicalKey, reportRepeatedOption, reportUnknownOption } from '../options/options.js';

export interface EndpointOptions {
  /** By Temporal. */
  readonly called: string;
  readonly namespace: string | undefined;
  readonly taskQueue: string | undefined;
  /** Of a service that is not Temporal. */
  readonly url: string | undefined;
  readonly description: string | undefined;
  readonly allowedCallers: readonly string[] | undefined;
  readonly services: readonly Word[] | undefined;
  /** Everything that may have the holes of a family. */
  readonly texts: readonly Word[];
}

const endpointName = /^[a-zA-Z][a-zA-Z0-9-]*[a-zA-Z0-9]$/;
const longestName = 200;
const longestUrl = 4096;
/** In bytes, as JSON: the service counts what it stores with it, too. */
const longestDescription = 19_900;

/**
 * Reads and checks the keys of an endpoint.
 *
 * @param inside the namespace that it stands in: that is where it leads
 */
export function readEndpoint(
  definition: EndpointDef,
  inside: string | undefined,
  file: SourceFile,
  reporter: Reporter,
): EndpointOptions {
  const { name } = definition;
  const { entries, meant } = keysOf(definition, file, reporter);
  const called = calledBy(definition, entries, file, reporter);
  const refuse = (keys: readonly string[], place: string, why: string) => {
    for (const { key } of keys.flatMap((one) => entries.get(one) ?? [])) {
      reporter.report(file, 'TWF505', key.span, { key: key.text, place, why }, { hint: 'Leave it out.' });
    }
  };
  const required = (key: string, spoken: string): Word | undefined => {
    const entry = entries.get(key);
    if (entry) return oneWord(entry, file, reporter);
    const hint = `Add the line \`${spoken}: …\` under it.`;
    if (!meant.has(key)) reporter.report(file, 'TWF701', name.span, { name: name.text, key: spoken }, { hint });
    return undefined;
  };
  const urlEntry = inside === undefined ? entries.get('target_url') : undefined;
  const isHere = urlEntry === undefined;
  if (inside !== undefined) {
    const why = 'it leads to the namespace that it stands in';
    refuse(['target_namespace', 'target_url'], 'an endpoint in a `namespace`', why);
  } else if (!isHere) {
    const place = 'an endpoint with `target_url`';
    refuse(['target_namespace', 'target_task_queue'], place, 'it leads to the URL');
    refuse(['allowed_caller_namespaces'], place, 'no worker of the program is behind it that could refuse a caller');
  }
  const namespace = inside === undefined && isHere ? required('target_namespace', 'target_namespace') : undefined;
  const taskQueue = isHere
    ? required('target_task_queue', inside === undefined ? 'target_task_queue' : 'task_queue')
    : undefined;
  const url = urlEntry && readUrl(urlEntry, file, reporter);
  const callers = isHere ? words(entries.get('allowed_caller_namespaces'), file, reporter) : undefined;
  return {
    called: called ?? name.text,
    namespace: inside ?? namespace?.text,
    taskQueue: taskQueue?.text,
    url: url?.text,
    description: readDescription(entries.get('description'), file, reporter),
    allowedCallers: callers?.map(({ text }) => text),
    services: words(entries.get('services'), file, reporter),
    texts: [namespace ?? [], taskQueue ?? [], url ?? [], callers ?? []].flat(),
  };
}

/** What Temporal is to call it, if not as the program does. */
function calledBy(
  { name }: EndpointDef,
  entries: ReadonlyMap<string, OptionEntry>,
  file: SourceFile,
  reporter: Reporter,
): string | undefined {
  const given = entries.get('name');
  const isFamily = paramsOf(name.text).length > 0;
  if (!given) {
    if (!isFamily) checkEndpointName(name, file, reporter, true);
    return undefined;
  }
  if (isFamily) {
    const why = 'each member is called by its own name';
    const values = { key: 'name', place: 'a family of endpoints', why };
    reporter.report(file, 'TWF505', given.key.span, values, { hint: 'Leave it out.' });
    return undefined;
  }
  const called = oneWord(given, file, reporter);
  if (called) checkEndpointName({ ...called, kind: 'Name' }, file, reporter);
  return called?.text;
}

function readUrl(entry: OptionEntry, file: SourceFile, reporter: Reporter): Word | undefined {
  const word = oneWord(entry, file, reporter);
  const why = word && urlFault(memberName(word.text, new Map(paramsOf(word.text).map((param) => [param, 'x']))));
  if (why === undefined) return word;
  reporter.report(file, 'TWF780', word!.span, { url: word!.text || '""', why });
  return undefined;
}

/** What is wrong with a URL that the Temporal Service is to send to. */
function urlFault(text: string): string | undefined {
  if (/[\s\p{Cc}]/u.test(text)) return 'it has white space or a control character in it';
  if (/%(?![\dA-Fa-f]{2})/.test(text)) return 'a `%` begins an escape of two hexadecimal digits';
  if (Buffer.byteLength(text) > longestUrl) return `it is longer than ${longestUrl} bytes`;
  if (!/^https?:\/\//i.test(text)) return 'it does not begin with `https://` or `http://`';
  if (!URL.canParse(text)) return 'it has no host, or one that cannot be';
  const { username, password } = new URL(text);
  return username || password ? 'whoever reads the registry would read the user name and the password' : undefined;
}

function readDescription(entry: OptionEntry | undefined, file: SourceFile, reporter: Reporter): string | undefined {
  const word = entry && oneWord(entry, file, reporter, 'a constant text');
  if (!word) return undefined;
  if (Buffer.byteLength(JSON.stringify(word.text)) > longestDescription) {
    const expected = `a text of at most ${longestDescription} bytes: a Temporal Service keeps no more`;
    reporter.report(file, 'TWF502', word.span, { key: entry!.key.text, expected });
  }
  return word.text;
}

/** The keys that are given; and those that something that is wrong stands for. */
function keysOf({ options }: EndpointDef, file: SourceFile, reporter: Reporter) {
  const entries = new Map<string, OptionEntry>();
  const meant = new Set<string>();
  for (const entry of options.entries) {
    const { text } = entry.key;
    const key = canonicalKey('endpoint', text);
    if (!key) {
      const near = text === '' ? undefined : reportUnknownOption('endpoint', entry, file, reporter);
      if (near) meant.add(near);
    } else if (entries.has(key)) {
      reportRepeatedOption(entry, entries.get(key)!, file, reporter);
    } else {
      entries.set(key, entry);
    }
  }
  return { entries, meant };
}

export function isEndpointName(text: string): boolean {
  return endpointName.test(text) && text.length <= longestName;
}

/**
 * Reports a name that Temporal does not take for an endpoint.
 *
 * @param isDefined whether the program defines it there
 */
export function checkEndpointName({ text, span }: Name, file: SourceFile, reporter: Reporter, isDefined = false): void {
  if (isEndpointName(text)) return;
  const parts = text.split('_').filter((part) => part !== '');
  const joined = parts.map((part) => part.slice(0, 1).toUpperCase() + part.slice(1)).join('');
  const dashed = parts.join('-');
  const option =
    isDefined && endpointName.test(dashed) ? `, or let Temporal know it by another: \`name: ${dashed}\`` : '';
  const hint = endpointName.test(joined) ? `Call it \`${joined}\`, for instance${option}.` : undefined;
  reporter.report(file, 'TWF704', span, { name: text || '""' }, { hint });
}

function oneWord(entry: OptionEntry, file: SourceFile, reporter: Reporter, expected = 'one name'): Word | undefined {
  const read = constantWord(entry.value);
  if (!read) reporter.report(file, 'TWF502', entry.value.span, { key: entry.key.text, expected });
  return read;
}

function words(entry: OptionEntry | undefined, file: SourceFile, reporter: Reporter): readonly Word[] | undefined {
  if (!entry) return undefined;
  if (entry.value.kind === 'WordList') return entry.value.words;
  const items = entry.value.kind === 'List' ? entry.value.items : [entry.value];
  const read = items.map(constantWord);
  if (read.every((word) => word !== undefined)) return read;
  reporter.report(file, 'TWF502', entry.value.span, { key: entry.key.text, expected: 'a list of names' });
  return undefined;
}
