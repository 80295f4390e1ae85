import type { EndpointTarget } from '../../../runtime/worker/index.js';

/** A word of a POSIX shell: quoted where it must be. */
export function shellWord(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** An option of a command with its value, which may begin with a hyphen. */
export function shellOption(name: string, value: string): string {
  return value.startsWith('-') ? `--${name}=${shellWord(value)}` : `--${name} ${shellWord(value)}`;
}

/** What `temporal operator nexus endpoint` is told of a target. */
export function targetOptions(target: EndpointTarget): string[] {
  if ('external' in target) return [shellOption('target-url', target.external.url)];
  const { namespace, taskQueue } = target.worker;
  return [shellOption('target-namespace', namespace), shellOption('target-task-queue', taskQueue)];
}

/** Where an endpoint leads, as the end of a sentence. */
export function spokenTarget(target: EndpointTarget | undefined): string {
  if (!target) return 'a target of a kind that twfc does not know';
  if ('external' in target) return `the URL ${target.external.url}`;
  return `the task queue \`${target.worker.taskQueue}\` in the namespace \`${target.worker.namespace}\``;
}
